package wiring

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jiangtai/server/app/wiring/ahead"
	"jiangtai/server/app/wiring/intake"
	"jiangtai/server/blind"
	"jiangtai/server/blind/recusal"
	"jiangtai/server/calls"
	"jiangtai/server/contest"
	"jiangtai/server/correction"
	"jiangtai/server/evening"
	"jiangtai/server/evidence"
	"jiangtai/server/floor"
	"jiangtai/server/honours"
	"jiangtai/server/honours/material"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/hub"
	"jiangtai/server/identity"
	"jiangtai/server/identity/identitystore"
	"jiangtai/server/judging"
	"jiangtai/server/judging/judgingstore"
	"jiangtai/server/judging/snapshot"
	"jiangtai/server/keying"
	"jiangtai/server/live"
	"jiangtai/server/plan"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmestore"
	"jiangtai/server/readiness"
	"jiangtai/server/registration"
	"jiangtai/server/results"
	"jiangtai/server/signing"
	"jiangtai/server/stages"
	"jiangtai/server/store"
	"jiangtai/server/web/socket"
)

// Config is what the rooms need from the program.
type Config struct {
	DB      *store.DB           // everything but appends
	Ledgers *judgingstore.Store // appends have connections of their own
	Data    string              // the data folder, absolute
	Public  string              // the address that QR codes point to
	Sockets int                 // how many may be open
	Now     func() time.Time
	Log     *slog.Logger
	Metrics *prometheus.Registry // nil: nothing is counted
}

// Rooms (各室) are all rooms of the program, plugged into each other. A field is set
// once Open has come to it.
type Rooms struct {
	Config

	Heads        *judging.HeadFile
	Identity     *identity.Desk
	Audit        *identity.Audit
	Office       *programme.Office
	Registration *registration.Desk
	Plan         *plan.Desk
	Honours      *honours.Office
	Papers       *material.Desk
	Proposals    *proposal.Desk
	Directory    *programme.Directory
	Desk         *judging.Desk
	Blind        *blind.Desk
	Recusals     *recusal.Desk
	Signing      *signing.Desk
	Keying       *keying.Desk
	Evidence     *evidence.Desk
	Results      *results.Desk
	Evening      *evening.Desk
	Floor        *floor.Desk
	Calls        *calls.Desk
	Correction   *correction.Desk
	Stages       *stages.Desk
	Readiness    *readiness.Desk
	Gates        Gates
	Owings       Owings
	Hub          *hub.Hub
	Live         *live.Live
	Socket       *socket.Server
	Waiting      atomic.Int64 // judges for a receipt, at this moment

	rise     func(ctx context.Context)
	visible  visibility
	ahead    *ahead.Store                                    // programme's records
	checkIns func(ctx context.Context) ([]contest.ID, error) // the events that have one
	checked  atomic.Pointer[map[contest.ID]bool]             // while a start runs, the same
}

// New makes rooms that are not open yet.
func New(cfg Config) *Rooms { return &Rooms{Config: cfg} }

// Open makes the rooms and plugs their ports.
func (a *Rooms) Open(ctx context.Context) error {
	pairing, key, err := a.openKeys()
	if err != nil {
		return err
	}
	if a.Heads, err = judging.OpenHeadFile(filepath.Join(a.Data, "heads.txt"), a.Log); err != nil {
		return fmt.Errorf("file of the heads: %w", err)
	}
	records := programmestore.New(a.DB)
	a.ahead = ahead.Of(records, records.GroupedEvents)
	a.Directory = programme.NewDirectory(a.ahead, a.DB, a.Now)
	a.openLive()
	if err := a.openIdentity(records, pairing); err != nil {
		return err
	}
	a.Desk = judging.NewDesk(judging.Config{
		Events: newEventsForJudging(a.Directory, a.statuses), Ledgers: a.Ledgers, Notes: a.Ledgers,
		Follower: &followerForJudging{a.Live}, Seconds: a.Identity,
		Tablets: tabletsForJudging{a.Identity}, Audit: a.Audit, Gates: &a.Gates, Owing: &a.Owings, Keying: keyingForJudging{a},
		Meter: newMeterForJudging(a.Metrics), Witness: a.Heads, Key: key, Now: a.Now, Log: a.Log,
		Snapshots: snapshot.In(filepath.Join(a.Data, "snapshots")),
	})
	catalogue, err := openTrades()
	if err != nil {
		return err
	}
	a.Office = programme.New(programme.Config{
		Store: records, Work: a.DB, Ledgers: a.Ledgers, Openness: &opennessForProgramme{a.Desk},
		Audit: a.Audit, Counts: &countsForProgramme{a.counts, &wordsOfResults{app: a}}, Draws: drawsForProgramme{a}, Stages: stagesForProgramme{a}, Now: a.Now, Trades: catalogue, Changed: a.Refresh,
	})
	if err := a.openBlind(); err != nil {
		return err
	}
	a.openSigning()
	a.openKeying()
	a.openEvidence()
	a.openResults()
	a.openEvening()
	a.openFloor()
	a.openCalls()
	a.openCorrection()
	if err := a.openHonours(); err != nil {
		return err
	}
	a.openPlan(records, a.Proposals.Profiles)
	a.openStages(records)
	a.openReadiness(a.Directory)
	return a.openRegistration(records)
}

// Start has the rooms ready for whoever comes: he waits for the event that he asks for
// until Rise has opened it.
func (a *Rooms) Start(ctx context.Context) error {
	all, err := a.Directory.Events(ctx, contest.ID{})
	if err != nil {
		return fmt.Errorf("list the events: %w", err)
	}
	a.visible.set(all)
	open, err := a.Desk.Begin(ctx)
	if err != nil {
		return fmt.Errorf("list the ledgers: %w", err)
	}
	a.rise = func(ctx context.Context) {
		if err := a.askAhead(ctx, all); err != nil {
			a.Log.Warn("each event asks for itself", "error", err)
		}
		defer a.forgetAhead()
		if err := open(ahead.Within(ctx)); err != nil {
			// One broken event must not keep the other hundred from their contest.
			a.Log.Error("some events could not be opened", "error", err)
		}
	}
	return nil
}

// Rise opens the ledgers of all events, those first that somebody asks for. It is called
// once, after Start.
func (a *Rooms) Rise(ctx context.Context) { a.rise(ctx) }

// askAhead asks for what all events are about to ask for one by one.
func (a *Rooms) askAhead(ctx context.Context, all []programme.Event) error {
	if err := a.ahead.Ask(ctx, all); err != nil {
		return err
	}
	list, err := a.checkIns(ctx)
	if err != nil {
		return fmt.Errorf("list the check-ins: %w", err)
	}
	checked := map[contest.ID]bool{}
	for _, id := range list {
		checked[id] = true
	}
	a.checked.Store(&checked)
	return nil
}

func (a *Rooms) forgetAhead() {
	a.ahead.Forget()
	a.checked.Store(nil)
}

func (a *Rooms) openLive() {
	a.Hub = hub.New(hub.Config{
		Now: a.Now, Wrap: socket.Text, Pack: socket.PackedText, Beat: live.Beat, Name: live.Name, Ping: socket.Ping(), Lag: newLagOfLive(a.Metrics),
		Busy: func() bool { return a.Waiting.Load() > 0 }, // a judge goes before the crowd
	})
	opening := a.ahead.Always()
	a.Live = live.New(live.Config{
		Hub: a.Hub, Names: namesForLive{programme.NewDirectory(opening, a.DB, a.Now), opening}, Groups: a.Directory, Now: a.Now, Log: a.Log,
		Summon: func(ctx context.Context, event contest.ID) error {
			if _, ok, err := a.counts(ctx, event); ok || err != nil {
				return err
			}
			return a.Desk.Refresh(ctx, event)
		},
	})
	a.Socket = socket.New(socket.Config{Hub: a.Hub, Topics: topicsForSocket{a}, Now: a.Now, Log: a.Log, MaxSockets: a.Sockets})
}

func (a *Rooms) openIdentity(records *programmestore.Store, pairing []byte) error {
	people := identitystore.New(a.DB)
	a.Audit = identity.NewAudit(a.DB, people, a.Now)
	var err error
	a.Identity, err = identity.New(identity.Ports{
		Work: a.DB, Accounts: people, Attempts: people, Sessions: people, Beats: people,
		Devices: people, Links: people, Audit: a.Audit, Chairs: intake.IdentityChairs{Directory: a.Directory, Contests: records},
	}, identity.Options{
		Clock: a.Now, Key: pairing, PublicURL: a.Public, OnRevoke: a.Socket.CloseSession, Handed: a.handed,
	})
	if err != nil {
		return fmt.Errorf("identity: %w", err)
	}
	return nil
}

// Refresh lets desk and boards know that events were made or edited. It is told
// after the commit: what fails here is found again when somebody asks.
func (a *Rooms) Refresh(ctx context.Context, events []contest.ID) {
	if store.InTransaction(ctx) {
		return // a room within another's work; that one tells when all is durable
	}
	a.forgetAhead()
	if all, err := a.Directory.Events(ctx, contest.ID{}); err == nil {
		a.visible.set(all)
	}
	for _, id := range events {
		if err := a.Desk.Refresh(ctx, id); err != nil {
			a.Log.Warn("event not refreshed", "event", id.String(), "error", err)
		}
	}
}

// Adopt finds events that another process has imported, and those whose names
// could not be read.
func (a *Rooms) Adopt(ctx context.Context) error {
	all, err := a.Directory.Events(ctx, contest.ID{})
	if err != nil {
		return fmt.Errorf("look for new events: %w", err)
	}
	a.visible.set(all)
	if err := a.Desk.Await(ctx, contest.ID{}); err != nil {
		return err
	}
	unknown := a.Live.Nameless()
	for _, e := range all {
		if _, known := a.Live.Counts(e.ID); !known {
			unknown = append(unknown, e.ID)
		}
	}
	a.Refresh(ctx, unknown)
	return nil
}
