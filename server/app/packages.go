package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
	"jiangtai/server/programme"
	"jiangtai/server/programme/parcel"
)

type importCommand struct {
	Path    string `arg:"" type:"path" help:"A folder or a .zip, see docs/package.md."`
	Preview bool   `help:"Only check: print what would be imported and every fault."`
}

// Run takes a package in, or prints every fault of it.
func (c importCommand) Run(ctx context.Context, inv Invocation, cfg Config) error {
	pack, err := readPackage(c.Path)
	if err != nil {
		return err
	}
	a, err := openTool(ctx, cfg, logger(inv.Stderr, cfg))
	if err != nil {
		return err
	}
	return errors.Join(c.run(ctx, inv, a, pack), a.Close())
}

func (c importCommand) run(ctx context.Context, inv Invocation, a *App, pack programme.Package) error {
	if c.Preview {
		p, err := a.Office.Preview(ctx, identity.Operator(), pack)
		if err != nil {
			return err
		}
		printCounts(inv, p.Contest.Name, p.Counted)
		if len(p.Faults) > 0 {
			return fault.New(fault.Refused, "package.faulty", p.Faults...)
		}
		return nil
	}
	made, counted, err := a.Office.Import(ctx, identity.Operator(), pack)
	if err != nil {
		return err
	}
	printCounts(inv, made.Name+" "+made.ID.String(), counted)
	return nil
}

func printCounts(inv Invocation, name string, n programme.Counted) {
	fmt.Fprintf(inv.Stdout, "%s: %d events, %d entries, %d units, %d hosts, %d judges, %d schemes\n",
		name, n.Events, n.Entries, n.Units, n.Hosts, n.Judges, n.Schemes)
}

// maxPackage is the largest .zip that is read into memory.
const maxPackage = 20 << 20

func readPackage(path string) (programme.Package, error) {
	info, err := os.Stat(path)
	if err != nil {
		return programme.Package{}, fmt.Errorf("open the package: %w", err)
	}
	if info.IsDir() {
		files, faults, err := parcel.OpenFolder(os.DirFS(path))
		if err != nil {
			return programme.Package{}, fmt.Errorf("read the folder: %w", err)
		}
		return programme.Package{Files: files, Faults: faults}, nil
	}
	if info.Size() > maxPackage {
		return programme.Package{}, fault.New(fault.TooLarge, "package.too_large")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return programme.Package{}, fmt.Errorf("read the package: %w", err)
	}
	return programme.ReadZip(data), nil
}

type exportCommand struct {
	Contest string `arg:"" help:"The contest's code or id."`
	Path    string `arg:"" type:"path" help:"Where to: a new folder, or a name that ends in .zip."`
}

// Run writes a contest back as a package in normal form.
func (c exportCommand) Run(ctx context.Context, inv Invocation, cfg Config) error {
	a, err := openTool(ctx, cfg, logger(inv.Stderr, cfg))
	if err != nil {
		return err
	}
	return errors.Join(c.run(ctx, a), a.Close())
}

func (c exportCommand) run(ctx context.Context, a *App) error {
	found, err := a.contestNamed(ctx, c.Contest)
	if err != nil {
		return err
	}
	p, err := a.Office.Export(ctx, identity.Operator(), found)
	if err != nil {
		return err
	}
	files, err := p.Files()
	if err != nil {
		return fmt.Errorf("write the package: %w", err)
	}
	if !strings.HasSuffix(c.Path, ".zip") {
		return writeFolder(files, c.Path)
	}
	f, err := os.OpenFile(c.Path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the package: %w", err)
	}
	return errors.Join(files.Zip(f, clock()), f.Close())
}

func writeFolder(files parcel.Files, path string) error {
	if err := os.Mkdir(path, 0o750); err != nil {
		return fmt.Errorf("write the package: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return fmt.Errorf("write the package: %w", err)
	}
	return errors.Join(files.Folder(root), root.Close())
}

// contestNamed finds a contest by code or id.
func (a *App) contestNamed(ctx context.Context, name string) (contest.ID, error) {
	list, _, err := a.Office.ListContests(ctx, identity.Operator(), programme.Page{Limit: programme.MaxPage})
	if err != nil {
		return contest.ID{}, err
	}
	for _, c := range list {
		if c.Code == name || c.ID.String() == name {
			return c.ID, nil
		}
	}
	return contest.ID{}, fault.New(fault.Missing, "programme.contest_missing")
}
