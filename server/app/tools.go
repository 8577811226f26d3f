package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/mod/sumdb/note"

	"jiangtai/scoring"
	"jiangtai/server/app/capacity"
	"jiangtai/server/app/rehearse"
	"jiangtai/server/app/wiring"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
	"jiangtai/server/ledger"
	"jiangtai/server/rescore"
	"jiangtai/server/scorefile"
)

type scoreCommand struct {
	Scheme  string `required:"" type:"existingfile" help:"The marking scheme, JSON (docs/scoring.md)."`
	Entries string `type:"existingfile" help:"entry,name,… as CSV."`
	Marks   string `type:"existingfile" help:"entry,aspect,judge,value[,attempt] as CSV."`
	Ledger  string `type:"existingfile" help:"Instead of entries and marks: an export of a ledger, scored as if this scheme had held from the beginning."`
	Format  string `default:"csv" enum:"csv,json" help:"csv or json."`
	Working string `placeholder:"ENTRY" help:"Show how this entry's total came about instead."`
}

// Run scores files, or a ledger under a scheme of one's choice.
func (c scoreCommand) Run(inv Invocation) error {
	files := c.Entries != "" && c.Marks != ""
	if files == (c.Ledger != "") || !files && c.Entries+c.Marks != "" {
		return fault.New(fault.Malformed, "score.ledger_or_files")
	}
	if c.Ledger != "" {
		return scorefile.RunLedger(c.Scheme, c.Ledger, c.Format, c.Working, inv.Stdout, inv.Stderr)
	}
	return scorefile.RunFiles(c.Scheme, c.Entries, c.Marks, c.Format, c.Working, inv.Stdout)
}

type verifyCommand struct {
	Export string   `arg:"" type:"existingfile" help:"An export of a ledger (GET /api/v1/events/{id}/ledger)."`
	Key    string   `help:"The ledger's public key as you know it from elsewhere; else the one in the export."`
	Head   []string `type:"existingfile" help:"Files with signed heads seen elsewhere, through which the export must lead."`

	Rescore bool     `help:"Compute every total, rank, prize and table a second time, with a scorer that shares nothing with the engine."`
	Scheme  []string `type:"existingfile" help:"With --rescore: the schemes that the ledger adopted, each version as it was stored."`
}

// Run checks an export without a database.
func (c verifyCommand) Run(inv Invocation) error {
	f, err := os.Open(c.Export)
	if err != nil {
		return fmt.Errorf("open the export: %w", err)
	}
	defer f.Close()
	trust := ledger.Trust{Body: readableRecord}
	if c.Key != "" {
		v, err := note.NewVerifier(c.Key)
		if err != nil {
			return fault.Wrap(err, fault.Malformed, "ledger.bad_key")
		}
		trust.Keys = note.VerifierList(v)
	}
	for _, path := range c.Head {
		head, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("read a head: %w", err)
		}
		trust.Heads = append(trust.Heads, string(head))
	}
	got, err := ledger.Verify(f, trust)
	if err != nil {
		return fault.Wrap(err, fault.Refused, "ledger.not_verified")
	}
	_, err = fmt.Fprintf(inv.Stdout, "ledger %x: %d records, %d signed heads, %d texts: all as they were written\n",
		got.Ledger, got.Last.Size, got.Heads, got.Texts)
	if err == nil && c.Rescore {
		err = c.rescore(inv.Stdout)
	}
	return err
}

// rescore holds the two scorers against each other.
func (c verifyCommand) rescore(out io.Writer) error {
	var schemes [][]byte
	for _, path := range c.Scheme {
		text, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("read a scheme: %w", err)
		}
		schemes = append(schemes, text)
	}
	f, err := os.Open(c.Export)
	if err != nil {
		return fmt.Errorf("open the export: %w", err)
	}
	defer f.Close()
	r, err := rescore.Compare(f, schemes)
	if err != nil {
		return err
	}
	for _, d := range r.Differ {
		fmt.Fprintf(out, "%s, %s: the engine has %q, the second scorer %q\n", d.Of, d.What, d.Engine, d.Rescored)
	}
	if len(r.Differ) > 0 {
		return fault.New(fault.Refused, "rescore.disagree")
	}
	_, err = fmt.Fprintf(out, "scored twice: %d entries, totals and ranks agree, %d facts in all\n", r.Entries, len(r.Facts))
	return err
}

// readableRecord holds each body against its place in the export.
func readableRecord(seq uint64, body []byte) error {
	r, err := scoring.ParseRecord(body)
	if err != nil {
		return fmt.Errorf("record %d: %w", seq, err)
	}
	if r.Seq != seq {
		return fmt.Errorf("record %d says it is %d: %w", seq, r.Seq, wiring.ErrDamaged)
	}
	return nil
}

type rehearseCommand struct {
	rehearse.Flags `embed:""`
}

// Run rehearses against a running server.
func (c rehearseCommand) Run(ctx context.Context, inv Invocation) error {
	return c.Rehearse(ctx, rehearse.Terminal{In: inv.Stdin, Out: inv.Stdout, Err: inv.Stderr, Files: capacity.Files()})
}

type adminCommand struct {
	Link  linkCommand  `cmd:"" help:"Print a new one-time link for the first administrator."`
	Reset resetCommand `cmd:"" help:"Make a new password for an account, and an administrator of it."`
	List  listCommand  `cmd:"" help:"List the accounts."`
}

type linkCommand struct{}

// Run prints a link, if there is no account yet.
func (linkCommand) Run(ctx context.Context, inv Invocation, cfg Config) error {
	return withTool(ctx, inv, cfg, func(a *App) error {
		link, err := a.Identity.SetupLink(ctx)
		if err != nil {
			return err
		}
		if link == "" {
			return fault.New(fault.Closed, "identity.link_done")
		}
		_, err = fmt.Fprintf(inv.Stdout, "%s/console#setup=%s\n", cfg.Public(), link)
		return err
	})
}

type resetCommand struct {
	User string `arg:"" help:"The user name."`
}

// Run prints the new password, once.
func (c resetCommand) Run(ctx context.Context, inv Invocation, cfg Config) error {
	return withTool(ctx, inv, cfg, func(a *App) error {
		password, err := a.Identity.ResetAdministrator(ctx, c.User)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(inv.Stdout, password)
		return err
	})
}

type listCommand struct{}

// Run prints user names, names and roles.
func (listCommand) Run(ctx context.Context, inv Invocation, cfg Config) error {
	return withTool(ctx, inv, cfg, func(a *App) error {
		list, _, err := a.Identity.ListAccounts(ctx, identity.Operator(), identity.AccountFilter{Limit: 500})
		if err != nil {
			return err
		}
		for _, acc := range list {
			roles := ""
			for _, g := range acc.Grants {
				roles += " " + string(g.Role)
			}
			if acc.Disabled() {
				roles += " (disabled)"
			}
			fmt.Fprintf(inv.Stdout, "%-24s %s%s\n", acc.User, acc.Name, roles)
		}
		return nil
	})
}

func withTool(ctx context.Context, inv Invocation, cfg Config, do func(*App) error) error {
	a, err := openTool(ctx, cfg, logger(inv.Stderr, cfg))
	if err != nil {
		return err
	}
	return errors.Join(do(a), a.Close())
}
