package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"strconv"
)

// client speaks JSON-RPC with a server that it started, one request at a time.
type client struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	last int // id of the last request
}

func start(program string) (*client, error) {
	c := &client{cmd: exec.Command(program, "serve")}
	c.cmd.Stderr = os.Stderr
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.in, c.out = in, bufio.NewReader(out)
	return c, c.cmd.Start()
}

// notify sends a notification.
func (c *client) notify(method string, params any) error {
	return c.send(map[string]any{"method": method, "params": params})
}

// call sends a request and decodes the answer to it.
func (c *client) call(method string, params, result any) error {
	c.last++
	if err := c.send(map[string]any{"id": c.last, "method": method, "params": params}); err != nil {
		return err
	}
	for {
		m, err := c.receive()
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", method, err)
		case m.Method != "" && m.ID != nil: // the server asks something, which this editor does not know
			if err := c.send(map[string]any{"id": m.ID, "result": nil}); err != nil {
				return err
			}
		case m.Method == "" && string(m.ID) == strconv.Itoa(c.last):
			if m.Error != nil {
				return fmt.Errorf("%s: %s", method, m.Error)
			}
			return json.Unmarshal(m.Result, result)
		}
	}
}

func (c *client) send(message map[string]any) error {
	message["jsonrpc"] = "2.0"
	body, err := json.Marshal(message)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
}

func (c *client) receive() (message, error) {
	var m message
	header, err := textproto.NewReader(c.out).ReadMIMEHeader()
	if err != nil {
		return m, err
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return m, err
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(c.out, body); err != nil {
		return m, err
	}
	return m, json.Unmarshal(body, &m)
}

// leave ends the server as the protocol wants it.
func (c *client) leave() error {
	var nothing any
	if err := c.call("shutdown", nil, &nothing); err != nil {
		return err
	}
	if err := c.notify("exit", nil); err != nil {
		return err
	}
	return c.cmd.Wait()
}
