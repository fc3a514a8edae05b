package powerapps_test

import (
	"strings"
	"testing"

	"paconn-ls/powerapps"
)

// TestNothingIsAskedNearby has a real service name addresses of the machine that asks. Nothing listens there: what is
// refused is so before a connection.
func TestNothingIsAskedNearby(t *testing.T) {
	cloud, err := powerapps.BuiltinClouds().Named("public")
	if err != nil {
		t.Fatal(err)
	}
	c, err := powerapps.NewClient(cloud, none{}, powerapps.ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		"https://localhost:1/icon.png", "https://127.0.0.1:1/x", "https://[::1]:1/x", "https://127.1.2.3:1", "https://0.0.0.0:1/x",
		"https://169.254.169.254/metadata/identity", "https://[fe80::1]:1/x", "https://user:password@localhost:1/x",
	} {
		_, err := c.Fetch(t.Context(), address, "download the icon")
		if err == nil || !strings.Contains(err.Error(), "has no say over what runs on this machine") {
			t.Errorf("%s: the error is %v", address, err)
		}
		if _, err := c.Upload(t.Context(), powerapps.Storage{URL: address + "/box?sig=s"}, "icon.png", []byte("x")); err == nil || !strings.Contains(err.Error(), "has no say") {
			t.Errorf("an upload to %s: the error is %v", address, err)
		}
	}
}
