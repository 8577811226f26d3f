package live

import (
	"context"
	"strings"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
)

// ownTopic begins the last part of the name of an own row's topic: entry/<its key>.
const ownTopic = "entry/"

// own is the topic of one entry's row (本人), whatever its place: whoever stands
// beyond what the public topic carries follows it beside that one. Rows that the
// public may not see are not in it either. The event's lock guards it.
type own struct {
	stage *stage
	entry scoring.EntryID // 0: no entry has the key any more
	topic *hub.Topic
	n     uint64 // the stage's, when the row last changed
}

// Snapshot is the hub's.
func (o *own) Snapshot() (uint64, []byte) {
	o.stage.event.mu.Lock()
	defer o.stage.event.mu.Unlock()
	return o.n, numbered(o.snapshot(), o.topic)
}

// snapshot has no head: that is the public topic's.
func (o *own) snapshot() []byte {
	b := beginSnapshot(make([]byte, 0, frameRoom+rowRoom), o.topic, o.stage.epoch, o.n, o.stage.at)
	b = append(b, `,"rows":[`...)
	if r := o.stage.rows[o.entry]; r != nil {
		b = append(b, r.encoded...)
	}
	return append(b, `]}`...)
}

func (o *own) publish(body []byte) {
	s := o.stage
	b := beginChange(make([]byte, 0, frameRoom+len(body)), o.topic, o.n, s.n, s.at)
	from := o.n
	o.n = s.n
	o.topic.Publish(from, s.n, append(b, body...))
}

// ownRow finds or makes the topic of the entry with the key; nil without one.
func (s *stage) ownRow(key string) *own {
	s.event.mu.Lock()
	defer s.event.mu.Unlock()
	if s.hidesRows() {
		return nil
	}
	o := s.owns[key]
	if o != nil && o.entry != 0 {
		return o
	}
	entry := s.event.entryOf(key)
	if entry == 0 {
		return nil
	}
	at := hub.At{Epoch: s.epoch, N: s.n}
	if o == nil {
		o = &own{stage: s}
		o.topic = s.event.live.cfg.Hub.NewTopic("event/"+s.event.id.String()+"/"+ownTopic+key, at, o)
	} else {
		o.topic.Reset(at) // whoever stayed with the key sees who has it now
	}
	o.entry, o.n = entry, s.n
	if s.owns == nil {
		s.owns, s.ownOf = map[string]*own{}, map[scoring.EntryID]*own{}
	}
	s.owns[key], s.ownOf[entry] = o, o
	return o
}

// replaceOwns follows a replaced stage: keys may have changed hands.
func (s *stage) replaceOwns() {
	clear(s.ownOf)
	for key, o := range s.owns {
		if o.entry = s.event.entryOf(key); o.entry != 0 {
			s.ownOf[o.entry] = o
		}
		o.n = s.n
		o.topic.Reset(hub.At{Epoch: s.epoch, N: s.n})
	}
}

// moveOwns tells those who follow their own row alone.
func (s *stage) moveOwns(c *scoring.Change) {
	if len(s.ownOf) == 0 || s.hidesRows() {
		return
	}
	for _, r := range c.Rows[s.audience] {
		if o := s.ownOf[r.Entry]; o != nil {
			o.publish(append(append([]byte(`,"rows":[`), s.rows[r.Entry].encoded...), `]}`...))
		}
	}
	for _, id := range c.Gone[s.audience] {
		if o := s.ownOf[id]; o != nil {
			o.publish(append(appendString([]byte(`,"rows":[],"gone":[`), s.entrant(id).Label), `]}`...))
		}
	}
}

// entryOf is the entry with the label; 0 without one.
func (e *event) entryOf(label string) scoring.EntryID {
	for id, en := range e.entrants {
		if en.Label == label && label != "" {
			return id
		}
	}
	return 0
}

// keyLike is the label that somebody means who types it in other letters.
func (e *event) keyLike(typed string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.entryOf(typed) != 0 {
		return typed
	}
	for _, en := range e.entrants {
		if strings.EqualFold(en.Label, typed) {
			return en.Label
		}
	}
	return typed
}

// Row is the snapshot of one entry's own topic, for who does not follow it: by its
// key, in capitals or not, as the public may see it. The error is ErrMissing, or what
// Summon said.
func (l *Live) Row(ctx context.Context, event contest.ID, key string) ([]byte, error) {
	e, err := l.summoned(ctx, event)
	if err != nil {
		return nil, err
	}
	o := e.stageOf("public").ownRow(e.keyLike(key))
	if o == nil {
		return nil, ErrMissing
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return o.snapshot(), nil
}
