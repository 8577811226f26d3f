package identity

import (
	"context"
	"time"

	"jiangtai/server/contest"
)

// AuditEntry is one act in the audit (审计). What is stored names ids,
// never what they stand for: the audit outlives the erasing of personal data.
type AuditEntry struct {
	Number int64 // set by the store, rising
	At     time.Time
	Actor  contest.ID // account or device; zero: nobody was signed in
	// ActorName is looked up when the entry is read; empty for nobody.
	ActorName string
	Session   contest.ID
	What      string // account.created, event.opened …
	Object    string // account/<id>, event/<id> …
	Detail    map[string]string
}

// Audit writes and reads the audit; other rooms get it through their ports.
type Audit struct {
	work  Work
	store Audits
	clock func() time.Time
}

// NewAudit makes the audit.
func NewAudit(work Work, store Audits, clock func() time.Time) *Audit {
	return &Audit{work, store, clock}
}

// Record writes one entry into the transaction of the context, so that an act
// and its entry stand or fall together; where there is none, into its own.
func (a *Audit) Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error {
	if detail == nil {
		detail = map[string]string{}
	}
	e := AuditEntry{
		At: a.clock().UTC().Truncate(time.Microsecond), Actor: actor.Who(), Session: actor.Session,
		What: what, Object: object, Detail: detail,
	}
	return a.work.Do(ctx, func(ctx context.Context) error { return a.store.AppendAudit(ctx, e) })
}

// AuditPage is how many entries a page has.
const AuditPage = 100

// List gives up to AuditPage entries numbered below before (0: the newest),
// newest first. For administrators.
func (a *Audit) List(ctx context.Context, actor contest.Actor, before int64) ([]AuditEntry, error) {
	if err := needAccount(actor); err != nil {
		return nil, err
	}
	if !isAdministrator(actor.Grants) {
		return nil, forbidden()
	}
	if before <= 0 {
		before = 1<<63 - 1
	}
	return a.store.ListAudit(ctx, before, AuditPage)
}
