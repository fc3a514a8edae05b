package main

import (
	"paconn-ls/commands"
)

func (c *console) showList(r commands.ListResult) error {
	environments := table{{"ID", "NAME", "REGION", ""}}
	for _, e := range r.Environments {
		mark := ""
		if e.Default {
			mark = "default"
		}
		environments = append(environments, []string{e.Name, e.Title, e.Region, mark})
	}
	connectors := table{{"ID", "NAME", "AUTHOR", "CHANGED"}}
	for _, x := range r.Connectors {
		changed := ""
		if !x.Changed.IsZero() {
			changed = x.Changed.Local().Format("2006-01-02 15:04")
		}
		connectors = append(connectors, []string{x.ID, x.Title, x.Author, changed})
	}
	clouds := table{{"NAME", "TITLE"}}
	for _, x := range r.Clouds {
		clouds = append(clouds, []string{x.Name, x.Title})
	}
	const name = 1 // the column that may be cut
	for _, t := range []table{environments, connectors, clouds} {
		if len(t) == 1 {
			continue
		}
		if err := c.result(t.draw(width(c.out), name, c.paint(c.out))); err != nil {
			return err
		}
	}
	if len(environments)+len(connectors)+len(clouds) == 3 {
		c.say("There are none.")
	}
	return nil
}
