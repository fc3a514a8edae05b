package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"

	"paconn-ls/powerapps"
)

// browser is a browser for scripts: it opens the page of its argument, which it takes from the running sandbox only, and
// sends the form that the page has where the page says.
func browser() {
	if err := browse(os.Args[len(os.Args)-1]); err != nil {
		fmt.Fprintln(os.Stderr, "browser:", err)
		os.Exit(1)
	}
}

var (
	formAction = regexp.MustCompile(`<form method="post" action="([^"]*)">`)
	formField  = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
)

func browse(page string) error {
	running, err := powerapps.ReadRendezvous(os.Getenv("PACONN_CONFIG_DIR"))
	if err != nil {
		return err
	}
	cloud, err := running.Cloud()
	if err != nil {
		return err
	}
	client := &http.Client{Transport: powerapps.NewTransport(cloud.Roots)}
	resp, err := client.Get(page)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	to := formAction.FindSubmatch(text)
	if to == nil {
		return fmt.Errorf("no form in %s", text)
	}
	form := url.Values{}
	for _, field := range formField.FindAllSubmatch(text, -1) {
		form.Set(string(field[1]), string(field[2]))
	}
	resp, err = client.PostForm(string(to[1]), form)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
