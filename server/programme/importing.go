package programme

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme/parcel"
	"jiangtai/server/programme/vetting"
)

// Counted is how much is in a package.
type Counted struct {
	Events, Entries, Units, Hosts, Judges, Schemes int
}

// Preview is what an import would do, and everything that keeps it from being
// done.
type Preview struct {
	Contest Contest // as far as it could be read
	Counted Counted
	Faults  []fault.Field // empty when it can be imported
}

// Package is a contest package opened, by parcel.OpenZip or parcel.OpenFolder.
// Files is nil where it could not be opened; Faults is never nil.
type Package struct {
	Files  parcel.Files
	Faults *parcel.Faults
}

// ReadZip opens a .zip that is in memory. It never fails: what is wrong with it
// is found again in the preview or the refusal.
func ReadZip(data []byte) Package {
	files, faults := parcel.OpenZip(data)
	return Package{files, faults}
}

// MayImport says whether the actor may bring packages at all, so that nobody
// else's are unpacked.
func (o *Office) MayImport(a contest.Actor) error {
	if !isAdministrator(a) {
		return forbidden()
	}
	return nil
}

// Preview checks a package and writes nothing. Administrators only.
func (o *Office) Preview(ctx context.Context, a contest.Actor, pack Package) (Preview, error) {
	if err := o.MayImport(a); err != nil {
		return Preview{}, err
	}
	made, faults := planPackage(pack)
	if made.contest.Code != "" {
		taken, err := o.codeTaken(ctx, made.contest.Code)
		if err != nil {
			return Preview{}, err
		}
		if taken {
			faults.Add("contest.json#/code", "programme.contest_exists", made.contest.Code)
		}
	}
	return Preview{Contest: made.contest, Counted: made.count(), Faults: faults.Fields()}, nil
}

func planPackage(pack Package) (plan, *parcel.Faults) {
	if pack.Files == nil {
		return plan{}, pack.Faults
	}
	in, faults := parcel.Read(pack.Files)
	return planOf(in, faults), faults
}

func (o *Office) codeTaken(ctx context.Context, code string) (bool, error) {
	_, n, err := o.Store.ListContests(ctx, ContestQuery{Scope: Scope{All: true}, Code: code, Page: Page{Limit: 1}})
	return n > 0, err
}

// Import makes the package's contest with everything in it, or nothing.
// Administrators only. Refused package.faulty with all faults; Stale
// programme.contest_exists when its code is in use.
func (o *Office) Import(ctx context.Context, a contest.Actor, pack Package) (Contest, Counted, error) {
	if err := o.MayImport(a); err != nil {
		return Contest{}, Counted{}, err
	}
	made, faults := planPackage(pack)
	if err := (vetting.Checker{Faults: faults}).Refuse("package.faulty"); err != nil {
		return Contest{}, Counted{}, err
	}
	made.bind(newID())
	made.contest.CreatedAt = o.Now()
	made.contest.Events = len(made.events)
	for i := range made.events {
		made.events[i].CreatedAt = made.contest.CreatedAt
	}
	for i := range made.schemes {
		made.schemes[i].By, made.schemes[i].ByName, made.schemes[i].At = a.Who(), a.Name, made.contest.CreatedAt
	}
	err := o.editing(ctx, made.ids, func(ctx context.Context) error { return o.write(ctx, a, made) })
	return made.contest, made.count(), err
}

// ids are the events of the plan.
func (p plan) ids() []contest.ID {
	out := make([]contest.ID, len(p.events))
	for i := range p.events {
		out[i] = p.events[i].ID
	}
	return out
}

// write stores a plan, inside a transaction.
func (o *Office) write(ctx context.Context, a contest.Actor, p plan) error {
	id := p.contest.ID
	for _, step := range []func() error{
		func() error { return o.Store.CreateContest(ctx, p.contest) },
		func() error { return o.Store.CreateHosts(ctx, p.hosts) },
		func() error { return o.Store.CreateUnits(ctx, id, p.units) },
		func() error { return o.Store.CreateEvents(ctx, p.events) },
		func() error { return o.Store.AppendSchemes(ctx, p.schemes) },
		func() error { return o.Store.Insert(ctx, p.chairs, p.entries) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	for _, e := range p.events {
		if err := o.Ledgers.Create(ctx, e.Ledger); err != nil {
			return err
		}
	}
	return o.Audit.Record(ctx, a, "contest.imported", "contest/"+id.String(), map[string]string{"code": p.contest.Code})
}
