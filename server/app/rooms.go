package app

import (
	"context"
	"fmt"
	"path/filepath"

	"jiangtai/server/contest"
	"jiangtai/server/hub"
	"jiangtai/server/identity"
	"jiangtai/server/identity/identitystore"
	"jiangtai/server/judging"
	"jiangtai/server/live"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmestore"
	"jiangtai/server/store"
	"jiangtai/server/web/socket"
)

// openRooms makes the rooms and plugs their ports.
func (a *App) openRooms(ctx context.Context) error {
	pairing, key, err := a.openKeys()
	if err != nil {
		return err
	}
	if a.heads, err = judging.OpenHeadFile(filepath.Join(a.data, "heads.txt"), a.log); err != nil {
		return fmt.Errorf("file of the heads: %w", err)
	}
	records := programmestore.New(a.db)
	a.directory = programme.NewDirectory(records, a.db, clock)
	a.openLive(records)
	if err := a.openIdentity(records, pairing); err != nil { //nolint:contextcheck // the first hash measures, it waits for nobody
		return err
	}
	a.desk = judging.NewDesk(judging.Config{
		Events: newEventsForJudging(a.directory, a.statuses), Ledgers: a.ledgers, Notes: a.ledgers,
		Follower: &followerForJudging{a.live}, Seconds: a.identity,
		Tablets: tabletsForJudging{a.identity.Devices}, Audit: a.audit, Gates: &a.gates,
		Witness: a.heads, Key: key, Now: clock, Log: a.log,
	})
	a.office = programme.New(programme.Config{
		Store: records, Work: a.db, Ledgers: a.ledgers, Openness: &opennessForProgramme{a.desk},
		Audit: a.audit, Counts: &countsForProgramme{a.live}, Draws: drawsForProgramme{a}, Now: clock, Changed: a.refresh,
	})
	if err := a.openBlind(); err != nil {
		return err
	}
	a.openSigning()
	a.openResults()
	if err := a.openHonours(); err != nil {
		return err
	}
	a.openPlan(records, a.proposals.Profiles)
	return a.openRegistration(records)
}

// startDesk opens the ledgers of all events.
func (a *App) startDesk(ctx context.Context) error {
	all, err := a.directory.Events(ctx, contest.ID{})
	if err != nil {
		return fmt.Errorf("list the events: %w", err)
	}
	a.visible.set(all)
	if err := a.desk.Start(ctx); err != nil {
		// One broken event must not keep the other hundred from their contest.
		a.log.Error("some events could not be opened", "error", err)
	}
	return nil
}

func (a *App) openLive(records *programmestore.Store) {
	a.hub = hub.New(hub.Config{Now: clock, Wrap: socket.Text, Beat: live.Beat, Ping: socket.Ping()})
	a.live = live.New(live.Config{
		Hub: a.hub, Names: namesForLive{a.directory, records}, Now: clock, Log: a.log,
		Summon: func(ctx context.Context, event contest.ID) error { return a.desk.Refresh(ctx, event) },
	})
	a.socket = socket.New(socket.Config{Hub: a.hub, Topics: topicsForSocket{a}, Now: clock, Log: a.log, MaxSockets: room(openFiles())})
}

func (a *App) openIdentity(records *programmestore.Store, pairing []byte) error {
	people := identitystore.New(a.db)
	a.audit = identity.NewAudit(a.db, people, clock)
	var err error
	a.identity, err = identity.New(identity.Ports{
		Work: a.db, Accounts: people, Attempts: people, Sessions: people, Beats: people,
		Devices: people, Links: people, Audit: a.audit, Chairs: chairsForIdentity{a.directory, records},
	}, identity.Options{Clock: clock, Key: pairing, PublicURL: a.cfg.Public(), OnRevoke: a.socket.CloseSession})
	if err != nil {
		return fmt.Errorf("identity: %w", err)
	}
	return nil
}

// refresh lets desk and boards know that events were made or edited. It is told
// after the commit: what fails here is found again when somebody asks.
func (a *App) refresh(ctx context.Context, events []contest.ID) {
	if store.InTransaction(ctx) {
		return // a room within another's work; that one tells when all is durable
	}
	if all, err := a.directory.Events(ctx, contest.ID{}); err == nil {
		a.visible.set(all)
	}
	for _, id := range events {
		if err := a.desk.Refresh(ctx, id); err != nil {
			a.log.Warn("event not refreshed", "event", id.String(), "error", err)
		}
	}
}

// adopt finds events that another process has imported, and those whose names
// could not be read.
func (a *App) adopt(ctx context.Context) error {
	all, err := a.directory.Events(ctx, contest.ID{})
	if err != nil {
		return fmt.Errorf("look for new events: %w", err)
	}
	a.visible.set(all)
	unknown := a.live.Nameless()
	for _, e := range all {
		if _, known := a.live.Counts(e.ID); !known {
			unknown = append(unknown, e.ID)
		}
	}
	a.refresh(ctx, unknown)
	return nil
}
