package planstore_test

import (
	"context"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/plan"
	"jiangtai/server/plan/planstore"
	"jiangtai/server/plan/plantest"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestDesk(t *testing.T) { plantest.Conform(t, open) }

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

func TestConstraintsHaveMeanings(t *testing.T) {
	storetest.CheckConstraints(t, storetest.New(t), "filings", "filing_steps", "filing_files", "host_contacts")
}

// open is a rig on a database in which the programme has the rig's events.
func open(t *testing.T) *plantest.Rig {
	t.Helper()
	db := storetest.New(t)
	r := plantest.NewRig(planstore.New(db), db)
	r.Made = func(ctx context.Context, e plan.Event) error { return insert(ctx, db, e) }
	err := db.Do(t.Context(), func(ctx context.Context) error {
		for id, code := range map[contest.ID]string{plantest.Town: "town", plantest.Far: "far"} {
			if err := run(ctx, db, `INSERT INTO contests (contest_id, code, name, kind, created_at) VALUES ($1, $2, $2, 'real', '2026-01-01T00:00:00Z')`, id.String(), code); err != nil {
				return err
			}
		}
		for id, code := range map[contest.ID]string{plantest.Port: "port", plantest.School: "school"} {
			if err := run(ctx, db, `INSERT INTO hosts (host_id, contest_id, code, name) VALUES ($1, $2, $3, $3)`, id.String(), plantest.Town.String(), code); err != nil {
				return err
			}
		}
		for _, e := range plantest.Events() {
			if err := insert(ctx, db, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func run(ctx context.Context, db *store.DB, query string, args ...any) error {
	_, err := db.Querier(ctx).ExecContext(ctx, query, args...)
	return err
}

func insert(ctx context.Context, db *store.DB, e plan.Event) error {
	return run(ctx, db, `
INSERT INTO events (event_id, contest_id, position, code, trade, stage, depth, chain, ledger_id, search, created_at)
VALUES ($1, $2, $3, $4, $5, 'final', 'tablet', 'full', $1, $4, '2026-01-01T00:00:00Z')`,
		e.ID.String(), e.Contest.String(), e.Position, e.Code, e.Trade)
}

// An import is one transaction with the programme's rows: what is refused last
// leaves nothing of the first.
func TestAnImportIsWhole(t *testing.T) {
	r := open(t)
	year := 2026
	row := func(code, host string) plan.SheetRow {
		return plan.SheetRow{Contest: "town", EventDraft: plan.EventDraft{Code: code, Trade: "磨工", Host: host}, Change: plan.Change{Year: &year}}
	}
	up := plan.Upload{Place: func(int, string) string { return "" }}
	if _, err := r.Import(t.Context(), plantest.Office, []plan.SheetRow{row("a", "port"), row("b", "nobody")}, up); err == nil {
		t.Fatal("a host that is not there was taken")
	}
	out, err := r.Import(t.Context(), plantest.Office, []plan.SheetRow{row("c", "port"), row("d", "")}, up)
	if err != nil || len(out.Events) != 2 || out.Rows[1] != plan.RowNew {
		t.Fatalf("%+v, %v", out, err)
	}
}

// A file whose bytes are not those of its sum is refused by the database itself.
func TestBytesAreHeldAgainstTheirSum(t *testing.T) {
	r := open(t)
	f, err := r.Attach(t.Context(), plantest.PortHost, plantest.Welder, plan.TechnicalFile, "a.pdf", plantest.PDF("x"))
	if err != nil {
		t.Fatal(err)
	}
	f.ID, f.Kind, f.Body = contest.ID{1: 9}, plan.OtherFile, plantest.PDF("y")
	err = r.Work.Do(t.Context(), func(ctx context.Context) error { return r.Store.AddFile(ctx, f) })
	if plantest.Says(err) != "server.internal" {
		t.Error(err)
	}
}
