// Command demo shows paconn-ls at work: it starts the language server as an editor would, opens a broken connector, and mends it over
// the real protocol while it tells what goes on; then it signs in to the sandbox, creates, updates and downloads the connector.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"paconn-ls/internal/report"
)

func main() {
	program := flag.String("program", "bin/paconn-ls", "the program to show")
	connector := flag.String("connector", filepath.Join("testdata", "connectors", "broken"), "the broken connector to open a copy of")
	flag.Parse()
	if err := run(os.Stdout, *program, *connector); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// limit is how long the whole may take before something must be wrong.
const limit = 2 * time.Minute

func run(out io.Writer, program, connector string) error {
	program, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "paconn-ls-demo-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(temp) }()
	dir := filepath.Join(temp, filepath.Base(connector))
	if err := os.CopyFS(dir, os.DirFS(connector)); err != nil {
		return err
	}
	e, err := newEditor(program, dir)
	if err != nil {
		return err
	}
	stop := time.AfterFunc(limit, func() { _ = e.cmd.Process.Kill() })
	defer stop.Stop()
	s := show{out: out, editor: e, style: report.Style{Base: temp, Paint: paint()}}
	for _, step := range []func() error{s.opening, s.typing, s.fixingAll, s.fixingOneByOne, s.leaving} {
		if err := step(); err != nil {
			_ = e.cmd.Process.Kill()
			return err
		}
	}
	if err := s.checking(program, temp); err != nil {
		return err
	}
	return s.deploying(program, temp)
}

func paint() report.Paint {
	info, err := os.Stdout.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 || os.Getenv("NO_COLOR") != "" {
		return report.Plain
	}
	return report.ANSI
}

// show is a session before an audience.
type show struct {
	*editor
	out   io.Writer
	style report.Style
	step  int
}

func (s *show) title(text string) {
	s.step++
	fmt.Fprintf(s.out, "\n%s\n\n", s.style.Paint(report.Bold, fmt.Sprintf("── %d. %s", s.step, text)))
}

func (s *show) say(format string, args ...any) {
	fmt.Fprintln(s.out, s.style.Paint(report.Dim, fmt.Sprintf(format, args...)))
}

// look asks for the problems of every open document and returns how many errors there are, and how long the answers took.
func (s *show) look() (problems []report.Problem, took time.Duration, err error) {
	before := time.Now()
	for _, d := range s.open {
		found, err := s.problems(d)
		if err != nil {
			return nil, 0, err
		}
		for _, f := range found {
			problems = append(problems, d.problem(f))
		}
	}
	return problems, time.Since(before), nil
}

func (s *show) opening() error {
	s.title("An editor opens a connector with mistakes")
	for _, name := range []string{"apiDefinition.swagger.json", "apiProperties.json"} {
		if err := s.show(name); err != nil {
			return err
		}
	}
	problems, took, err := s.look()
	if err != nil {
		return err
	}
	fmt.Fprint(s.out, report.Text(problems, s.style))
	s.say("%s, told in %s", counted(problems), took.Round(time.Millisecond/10))
	return nil
}

func counted(problems []report.Problem) string {
	n := report.Count(problems)
	return fmt.Sprintf("%d errors, %d warnings", n.Errors, n.Warnings)
}

// typing makes a mistake and takes it back.
func (s *show) typing() error {
	const sound, typed = `"basePath": "/v2",`, `"basePath": "/v2"`
	s.title("A comma gets lost while typing")
	before, _, err := s.look()
	if err != nil {
		return err
	}
	if err := s.replace(sound, typed); err != nil {
		return err
	}
	after, took, err := s.look()
	if err != nil {
		return err
	}
	told := map[string]bool{}
	for _, p := range before {
		told[p.Rule+p.Message] = true
	}
	var fresh []report.Problem
	for _, p := range after {
		if !told[p.Rule+p.Message] {
			fresh = append(fresh, p)
		}
	}
	fmt.Fprint(s.out, report.Text(fresh, s.style))
	if len(fresh) == 0 {
		return errors.New("the lost comma was not noticed")
	}
	s.say("told in %s; everything else is checked all the same: %s", took.Round(time.Millisecond/10), counted(after))
	s.say("undo")
	return s.replace(typed, sound)
}

func (s *show) fixingAll() error {
	s.title(`"Fix all" applies what needs no thinking (source.fixAll.paconn)`)
	for _, d := range s.open {
		actions, err := s.actions(d, span{}, "source.fixAll.paconn", nil)
		if err != nil {
			return err
		}
		for _, a := range actions {
			if a.Edit == nil {
				continue
			}
			fmt.Fprintf(s.out, "%s %s\n", s.style.Paint(report.Green, "✓"), a.Title+" in "+filepath.Base(d.path))
			if err := s.apply(a.Edit); err != nil {
				return err
			}
		}
	}
	problems, _, err := s.look()
	s.say("left: %s", counted(problems))
	return err
}

// byHand is what a person would type, for which no fix can be offered: in which line, what over what.
var byHand = map[string]struct{ before, old, new string }{
	"operation-id-duplicate": {"\"/invoices/{invoiceId}\": {\n      \"get\": {\n        ", `"operationId": "ListInvoices"`, `"operationId": "GetInvoice"`},
	"path-parameter-missing": {"", `"name": "id",`, `"name": "invoiceId",`},
}

// fixingOneByOne chooses the first quick fix of every problem, and types where there is none.
func (s *show) fixingOneByOne() error {
	s.title("A person goes through the rest with quick fixes")
	const most = 40 // steps; each should mend at least one problem
	for range most {
		done, err := s.fixNext()
		if err != nil {
			return err
		}
		if done {
			return nil
		}
	}
	return errors.New("the problems do not come to an end")
}

// fixNext mends the first problem that it can; done is true when none is left.
func (s *show) fixNext() (done bool, err error) {
	left := ""
	for _, d := range s.open {
		found, err := s.problems(d)
		if err != nil {
			return false, err
		}
		for _, f := range found {
			if f.Severity > 2 {
				continue
			}
			left = f.Code
			what, err := s.fix(d, f)
			if err != nil {
				return false, err
			}
			if what != "" {
				fmt.Fprintf(s.out, "%s %s %s\n", s.style.Paint(report.Green, "✓"), what, s.style.Paint(report.Dim, "["+f.Code+"] "+f.Message))
				return false, nil
			}
		}
	}
	if left != "" {
		return false, fmt.Errorf("%s: no quick fix is offered, and nobody knows what to type", left)
	}
	s.say("left: 0 errors, 0 warnings")
	return true, nil
}

// fix applies the first quick fix of a problem, or types; it returns what it did, "" for nothing.
func (s *show) fix(d *document, f diagnostic) (what string, err error) {
	if typed, ok := byHand[f.Code]; ok {
		return "Type " + typed.new, s.replace(typed.before+typed.old, typed.before+typed.new)
	}
	actions, err := s.actions(d, f.Range, "quickfix", []diagnostic{f})
	for _, a := range actions {
		if a.Edit != nil {
			return a.Title, s.apply(a.Edit)
		}
	}
	return "", err
}

func (s *show) leaving() error {
	s.title("Saved, and the editor says good-bye (shutdown, exit)")
	if err := s.save(); err != nil {
		return err
	}
	if err := s.leave(); err != nil {
		return err
	}
	s.say("the server ended with exit code 0")
	return nil
}

// checking runs check on what was saved.
func (s *show) checking(program, dir string) error {
	s.title("The same in a script: paconn-ls check")
	cmd := exec.Command(program, "check", filepath.Base(s.dir))
	cmd.Dir = dir
	output, err := cmd.CombinedOutput()
	fmt.Fprintf(s.out, "%s", output)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	s.say("exit code 0")
	return nil
}
