package identity

import (
	"context"
	"slices"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity/secret"
)

// pairers hand out tablets; watchers may see which ones are in use.
var (
	pairers  = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge}
	watchers = append(slices.Clone(pairers), contest.Supervisor, contest.Clerk)
)

// MakeCodes makes a pairing code for each of the event's chairs named, all when
// none is named. It voids the unused codes of these chairs, so that of two
// printed sheets the newer counts; a tablet already paired stays until a code
// is used. The codes can be read only here.
func (d *Desk) MakeCodes(ctx context.Context, actor contest.Actor, event contest.ID, chairs []scoring.ChairID) ([]PrintedCode, error) {
	if err := d.mayEvent(ctx, actor, event, pairers); err != nil {
		return nil, err
	}
	picked, err := d.pickChairs(ctx, event, chairs)
	if err != nil {
		return nil, err
	}
	now := d.now()
	until := now.Add(d.codeLife)
	printed := make([]PrintedCode, 0, len(picked))
	stored := make([]PairingCode, 0, len(picked))
	for _, chair := range picked {
		code, err := secret.NewCode()
		if err != nil {
			return nil, err
		}
		printed = append(printed, PrintedCode{Chair: chair, Code: code, URL: d.public + "/tablet#pair=" + code, ExpiresAt: until})
		stored = append(stored, PairingCode{
			Hash: secret.HashCode(d.key, code), Event: event, Chair: chair.Number,
			CreatedAt: now, CreatedBy: actor.Account, ExpiresAt: until,
		})
	}
	err = d.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.Devices.CreateCodes(ctx, stored); err != nil {
			return err
		}
		return d.Audit.Record(ctx, actor, "pairing_codes.created", "event/"+event.String(), map[string]string{"chairs": spellChairs(picked)})
	})
	if err != nil {
		return nil, err
	}
	return printed, nil
}

// mayEvent lets in who has one of the roles in the event; for everyone else it
// is not there.
func (d *Desk) mayEvent(ctx context.Context, actor contest.Actor, event contest.ID, roles []contest.Role) error {
	if err := needAccount(actor); err != nil {
		return err
	}
	e, err := d.Chairs.FindEvent(ctx, event)
	if err != nil && !isMissing(err) {
		return err
	}
	if err != nil || !actor.Has(e.Contest, e.ID, roles...) {
		return fault.New(fault.Missing, "identity.event_missing")
	}
	return nil
}

func (d *Desk) pickChairs(ctx context.Context, event contest.ID, numbers []scoring.ChairID) ([]contest.Chair, error) {
	all, err := d.Chairs.ListChairs(ctx, event)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fault.New(fault.Refused, "identity.no_chairs")
	}
	if len(numbers) == 0 {
		return all, nil
	}
	var fields []fault.Field
	picked := make([]contest.Chair, 0, len(numbers))
	for i, n := range numbers {
		at := slices.IndexFunc(all, func(c contest.Chair) bool { return c.Number == n })
		if at < 0 || slices.Contains(numbers[:i], n) {
			fields = append(fields, fault.At("/chairs/"+strconv.Itoa(i), "identity.chair_missing", strconv.Itoa(int(n))))
			continue
		}
		picked = append(picked, all[at])
	}
	return picked, invalid(fields)
}

func (d *Desk) findChair(ctx context.Context, event contest.ID, number scoring.ChairID) (contest.Event, contest.Chair, error) {
	e, err := d.Chairs.FindEvent(ctx, event)
	if err != nil {
		return contest.Event{}, contest.Chair{}, err
	}
	all, err := d.Chairs.ListChairs(ctx, event)
	if err != nil {
		return contest.Event{}, contest.Chair{}, err
	}
	for _, c := range all {
		if c.Number == number {
			return e, c, nil
		}
	}
	return contest.Event{}, contest.Chair{}, fault.New(fault.Missing, "identity.chair_missing")
}

// Pairing is a tablet that shows a code.
type Pairing struct {
	Code       string // as typed: any case, with or without its stroke
	DeviceName string // may be empty
	IP         string
	Agent      string
	// Known is the token of an earlier pairing of this tablet, if it has one,
	// of whatever age: it gives the tablet a bucket of its own.
	Known string
}

// Paired is what pairing gives.
type Paired struct {
	Ticket
	Event contest.Event
	Chair contest.Chair
	// TookOver says that another tablet sat there until now and is frozen.
	TookOver bool
}

// Pair takes the code, freezes the chair's earlier tablet and ends its session,
// and opens a session for this one. Malformed identity.code_form, Missing
// identity.code_wrong, Stale identity.code_used, Closed identity.code_expired
// or identity.code_void, Busy identity.too_many.
func (d *Desk) Pair(ctx context.Context, c Pairing) (Paired, error) {
	leave, err := d.pairs.enter(d.pairingKey(ctx, c), d.now())
	if err != nil {
		return Paired{}, err
	}
	p, err := d.pair(ctx, c)
	leave(fault.Code(err) == "identity.code_wrong")
	return p, err
}

// pairingKey is the bucket: the tablet's own where it proves to be known.
func (d *Desk) pairingKey(ctx context.Context, c Pairing) string {
	if hash, ok := secret.HashToken(c.Known); ok {
		if h, err := d.Sessions.FindSession(ctx, hash); err == nil && !h.Device.ID.IsZero() {
			return "device " + h.Device.ID.String()
		}
	}
	return addressKey(c.IP)
}

func (d *Desk) pair(ctx context.Context, c Pairing) (Paired, error) {
	code, ok := secret.ReadCode(c.Code)
	if !ok {
		return Paired{}, fault.New(fault.Malformed, "identity.code_form", fault.At("/code", "identity.code_form", ""))
	}
	if !plainText(c.DeviceName, 0, maxDeviceName) {
		return Paired{}, invalid([]fault.Field{fault.At("/device_name", "identity.device_name_form", "")})
	}
	now := d.now()
	var p Paired
	err := d.change(ctx, func(ctx context.Context) ([]contest.ID, error) {
		used, err := d.Devices.UseCode(ctx, secret.HashCode(d.key, code), now)
		if err != nil {
			return nil, err
		}
		p = Paired{}
		if p.Event, p.Chair, err = d.findChair(ctx, used.Event, used.Chair); err != nil {
			return nil, err
		}
		ended, err := d.freeze(ctx, Freezing{Event: used.Event, Chair: used.Chair, Why: Replaced, At: now}, nil)
		if err != nil {
			return nil, err
		}
		p.TookOver = len(ended) > 0
		return ended, d.seat(ctx, &p, c)
	})
	if err != nil {
		return Paired{}, err
	}
	return p, nil
}

// seat writes the new device and its session.
func (d *Desk) seat(ctx context.Context, p *Paired, c Pairing) error {
	id, err := newID()
	if err != nil {
		return err
	}
	now := d.now()
	p.Device = Device{
		ID: id, Contest: p.Event.Contest, Event: p.Event.ID, Chair: p.Chair.Number, Judge: p.Chair.Judge,
		Name: c.DeviceName, Agent: agent(c.Agent), PairedAt: now, SeenAt: now,
	}
	p.Session = Session{
		Device: id, CreatedAt: now, SeenAt: now, Idle: tabletIdle, ExpiresAt: now.Add(tabletLife),
		IP: c.IP, Agent: agent(c.Agent),
	}
	var hash Hash
	if p.Token, hash, err = issue(&p.Session); err != nil {
		return err
	}
	if err := d.Devices.CreateDevice(ctx, p.Device); err != nil {
		return err
	}
	if err := d.Sessions.CreateSession(ctx, p.Session, hash, 0); err != nil {
		return err
	}
	return d.Audit.Record(ctx, p.actor(), "device.paired", "event/"+p.Event.ID.String(), map[string]string{
		"chair": strconv.Itoa(int(p.Chair.Number)), "device": id.String(), "ip": c.IP,
	})
}

// freeze freezes devices and ends their sessions; allowed is asked of each.
func (d *Desk) freeze(ctx context.Context, f Freezing, allowed func(Device) error) ([]contest.ID, error) {
	frozen, err := d.Devices.FreezeDevices(ctx, f)
	if err != nil {
		return nil, err
	}
	var ended []contest.ID
	for _, device := range frozen {
		if allowed != nil {
			if err := allowed(device); err != nil {
				return nil, err
			}
		}
		ids, err := d.Sessions.EndSessions(ctx, Ending{Device: device.ID, Why: f.Why, At: f.At})
		if err != nil {
			return nil, err
		}
		ended = append(ended, ids...)
	}
	if f.Device != (contest.ID{}) && len(frozen) == 0 {
		return nil, fault.New(fault.Missing, "identity.device_missing")
	}
	return ended, nil
}

// FreezeDevice takes a lost tablet out of use, without another in its place.
// Missing when there is none in use, or it is not the actor's to see.
func (d *Desk) FreezeDevice(ctx context.Context, actor contest.Actor, device contest.ID) error {
	if err := needAccount(actor); err != nil {
		return err
	}
	if device.IsZero() {
		return fault.New(fault.Missing, "identity.device_missing")
	}
	allowed := func(found Device) error {
		if !actor.Has(found.Contest, found.Event, pairers...) {
			return fault.New(fault.Missing, "identity.device_missing")
		}
		return nil
	}
	return d.change(ctx, func(ctx context.Context) ([]contest.ID, error) {
		ended, err := d.freeze(ctx, Freezing{Device: device, Why: Revoked, At: d.now()}, allowed)
		if err != nil {
			return nil, err
		}
		return ended, d.Audit.Record(ctx, actor, "device.frozen", "device/"+device.String(), nil)
	})
}

// RetireChair takes a chair's tablet out of use, when another judge has taken the
// chair: what it still holds was his before. No permission is asked: who calls it has.
// A chair without a tablet is left as it is.
func (d *Desk) RetireChair(ctx context.Context, actor contest.Actor, event contest.ID, chair scoring.ChairID) error {
	return d.change(ctx, func(ctx context.Context) ([]contest.ID, error) {
		ended, err := d.freeze(ctx, Freezing{Event: event, Chair: chair, Why: Replaced, At: d.now()}, nil)
		if err != nil || len(ended) == 0 {
			return nil, err
		}
		return ended, d.Audit.Record(ctx, actor, "device.retired", "event/"+event.String(), map[string]string{"chair": strconv.Itoa(int(chair))})
	})
}

// ListDevices gives the event's tablets by chair, the one in use first. Seen
// times are some seconds old.
func (d *Desk) ListDevices(ctx context.Context, actor contest.Actor, event contest.ID) ([]Device, error) {
	if err := d.mayEvent(ctx, actor, event, watchers); err != nil {
		return nil, err
	}
	list, err := d.Devices.ListDevices(ctx, event)
	if err != nil || d.handed == nil {
		return list, err
	}
	handed, err := d.handed(ctx, event)
	for i := range list {
		list[i].Handed = handed[list[i].ID]
	}
	return list, err
}

// maxPending bounds what a tablet may claim to hold.
const maxPending = 100_000

// Report takes a tablet's word on how many marks it has not delivered.
func (d *Desk) Report(_ context.Context, actor contest.Actor, pending int, ip string) error {
	switch {
	case actor.IsPublic():
		return signInFirst()
	case actor.Device.IsZero():
		return forbidden()
	case pending < 0 || pending > maxPending:
		return invalid([]fault.Field{fault.At("/pending", "identity.pending_form", strconv.Itoa(pending))})
	}
	d.cache.touch(Touch{Session: actor.Session, At: d.now(), IP: ip, Pending: pending})
	return nil
}

func spellChairs(chairs []contest.Chair) string {
	var b []byte
	for i, c := range chairs {
		if i > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(c.Number), 10)
	}
	return string(b)
}
