package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"jiangtai/server/fault"
)

// Invocation is how the program was called.
type Invocation struct {
	Args    []string
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Version string
}

// commands is the command line: one struct for flags, environment and help.
type commands struct {
	File   kong.ConfigFlag `name:"config" env:"JIANGTAI_CONFIG" type:"path" help:"Configuration file, a JSON object whose keys are the names of these flags."`
	Config `embed:"" group:"Settings of the server:"`

	Serve    serveCommand    `cmd:"" default:"1" help:"Run the platform (the default)."`
	Demo     demoCommand     `cmd:"" help:"Run the platform with an invented city's contest and people marking."`
	Rehearse rehearseCommand `cmd:"" help:"Simulated tablets and phones against a running server, with a report (docs/rehearse.md)."`
	Score    scoreCommand    `cmd:"" help:"Score files: a scheme, entries and marks in, standings out. No server, no database."`
	Import   importCommand   `cmd:"" help:"Take in a contest package (a folder or a .zip)."`
	Export   exportCommand   `cmd:"" help:"Write a contest back as a package."`
	Backup   backupCommand   `cmd:"" help:"Save the whole installation: database, keys, heads of the ledgers."`
	Restore  restoreCommand  `cmd:"" help:"Put a backup into an empty data folder and an empty database, and check every ledger."`
	Verify   verifyCommand   `cmd:"" help:"Check an export of a ledger offline, without a database."`
	Venue    venueCommand    `cmd:"" help:"Certificates for a hall without internet, so that tablets may keep marks (docs/venue.md)."`
	Admin    adminCommand    `cmd:"" help:"Accounts from the command line: list them, reset a password, make a link for the first administrator."`
	Check    checkCommand    `cmd:"" help:"Print the configuration in force, without secrets, and every fault in it."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

// Main runs one command and returns the exit code: 0 done, 1 failed, 2 the
// command line or the configuration is wrong.
func Main(ctx context.Context, inv Invocation) int {
	var cli commands
	exited := -1
	parser, err := kong.New(&cli,
		kong.Name("jiangtai"),
		kong.Description("匠台: the platform on which a city's unions run their skills contests."),
		kong.Writers(inv.Stdout, inv.Stderr),
		kong.Configuration(loadFile),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(inv.Stderr, "jiangtai:", err)
		return 2
	}
	called, err := parser.Parse(inv.Args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintln(inv.Stderr, "jiangtai:", err)
		return 2
	}
	if unknown := unknownEnvironment(environmentNames(parser.Model)); len(unknown) > 0 {
		explain(inv.Stderr, fault.New(fault.Refused, "config.invalid", unknown...))
		return 2
	}
	cli.Config.Version = inv.Version
	called.BindTo(ctx, (*context.Context)(nil))
	if err := called.Run(inv, cli.Config); err != nil {
		explain(inv.Stderr, err)
		if fault.Code(err) == "config.invalid" {
			return 2
		}
		return 1
	}
	return 0
}

// explain writes a fault for a person at a terminal: what, and each place.
func explain(w io.Writer, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	var f *fault.Error
	if !errors.As(err, &f) {
		// Of the system, such as a file that is not there: it speaks for itself.
		fmt.Fprintln(w, "jiangtai:", err)
		return
	}
	fmt.Fprintf(w, "jiangtai: %s\n", sentence(f.Code))
	for _, at := range f.Fields {
		line := fmt.Sprintf("  %s: %s", at.Path, sentence(at.Code))
		if at.Hint != "" {
			line += " (" + at.Hint + ")"
		}
		fmt.Fprintln(w, line)
	}
	if cause := errors.Unwrap(f); cause != nil {
		fmt.Fprintf(w, "  %s\n", strings.TrimSpace(cause.Error()))
	}
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(inv Invocation) error {
	_, err := fmt.Fprintln(inv.Stdout, "jiangtai", inv.Version)
	return err
}

type checkCommand struct{}

// Run prints the configuration and refuses a faulty one.
func (checkCommand) Run(inv Invocation, c Config) error {
	if _, err := io.WriteString(inv.Stdout, c.Effective()); err != nil {
		return fmt.Errorf("print the configuration: %w", err)
	}
	if err := c.Check(); err != nil {
		return err
	}
	return c.checkCertificate(inv.Stdout, clock())
}
