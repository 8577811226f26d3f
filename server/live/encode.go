package live

import (
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
)

// Beat is the heartbeat's payload: the server's time and where the reader is in
// each of his topics.
func Beat(now time.Time, at []hub.Mark) []byte {
	b := append(make([]byte, 0, 128), `{"beat":`...)
	b = strconv.AppendInt(b, now.UnixMilli(), 10)
	b = append(b, `,"n":{`...)
	for i, m := range at {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, m.Topic), ':')
		b = strconv.AppendUint(b, m.N, 10)
	}
	return append(b, `}}`...)
}

// Name is what tells a reader, who resumes, the number that stands for a topic and
// the epoch that it is in.
func Name(topic string, number uint32, epoch uint64) []byte {
	b := appendString(append(make([]byte, 0, 96), `{"topic":`...), topic)
	b = strconv.AppendUint(append(b, `,"epoch":`...), epoch, 10)
	b = strconv.AppendUint(append(b, `,"t":`...), uint64(number), 10)
	return append(b, '}')
}

// beginChange begins a frame by the topic's number; from goes without saying when it
// is the number before to.
func beginChange(b []byte, t *hub.Topic, from, to uint64, at int64) []byte {
	b = strconv.AppendUint(append(b, `{"t":`...), uint64(t.Number()), 10)
	if from+1 != to {
		b = strconv.AppendUint(append(b, `,"from":`...), from, 10)
	}
	b = strconv.AppendUint(append(b, `,"to":`...), to, 10)
	return strconv.AppendInt(append(b, `,"ts":`...), milliseconds(at), 10)
}

// beginSnapshot begins all there is; it reads the same from every process.
func beginSnapshot(b []byte, t *hub.Topic, epoch, n uint64, at int64) []byte {
	b = appendString(append(b, `{"topic":`...), t.Name())
	b = strconv.AppendUint(append(b, `,"epoch":`...), epoch, 10)
	b = strconv.AppendUint(append(b, `,"from":0,"to":`...), n, 10)
	b = strconv.AppendInt(append(b, `,"ts":`...), milliseconds(at), 10)
	return append(b, `,"snapshot":true`...)
}

// numbered is a snapshot for readers who get changes by the topic's number.
func numbered(snapshot []byte, t *hub.Topic) []byte {
	b := append(make([]byte, 0, len(snapshot)+16), `{"t":`...)
	b = strconv.AppendUint(b, uint64(t.Number()), 10)
	return append(append(b, ','), snapshot[1:]...)
}

func milliseconds(at int64) int64 { return at / int64(time.Millisecond) }

func appendRows(b []byte, rows []*row) []byte {
	for i, r := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, r.encoded...)
	}
	return b
}

// appendRow leaves out what is empty; of is the key of a member's team.
func appendRow(b []byte, r scoring.Row, en Entrant, of string) []byte {
	b = append(b, `{"k":`...)
	b = appendString(b, en.Label)
	if r.Team {
		b = append(b, `,"team":true`...)
	}
	b = appendInt(b, `,"pos":`, r.Pos)
	if r.Rank > 0 {
		b = appendInt(b, `,"rank":`, r.Rank)
	}
	b = appendText(b, `,"name":`, en.Name)
	b = appendText(b, `,"unit":`, en.Unit)
	b = appendText(b, `,"total":`, r.Total)
	b = appendText(b, `,"points":`, r.Points)
	if len(r.Parts) > 0 {
		b = append(b, `,"parts":[`...)
		for i, p := range r.Parts {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(b, p)
		}
		b = append(b, ']')
	}
	b = appendInt(b, `,"done":`, r.Done)
	b = appendInt(b, `,"need":`, r.Need)
	b = appendText(b, `,"status":`, string(r.Status))
	b = appendText(b, `,"of":`, of)
	b = appendWithin(b, r.In)
	b = appendText(b, `,"py":`, en.Search)
	return append(b, '}')
}

// appendHead writes the whole head.
func (s *stage) appendHead(b []byte) []byte {
	e, h := s.event, s.head
	b = append(b, `{"phase":`...)
	b = appendString(b, string(h.Phase))
	b = appendBool(b, `,"frozen":`, h.Frozen)
	b = appendBool(b, `,"sealed":`, h.Sealed)
	b = appendText(b, `,"release":`, string(h.Release))
	b = appendInt(b, `,"entries":`, h.Entries)
	b = appendInt(b, `,"done":`, h.Done)
	b = appendInt(b, `,"need":`, h.Need)
	b = appendInt(b, `,"places":`, e.places)
	b = append(b, `,"columns":[`...)
	for i, c := range h.Columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(b, `{"id":`...), c.ID)
		b = appendText(b, `,"name":`, c.Name)
		b = appendText(b, `,"max":`, c.Max)
		if s.event.as == scheme.Open {
			b = appendText(b, `,"of":`, c.Of)
		}
		b = append(b, '}')
	}
	b = s.appendGroups(append(b, ']'))
	b = append(b, `,"event":{"id":"`...)
	m := e.meta
	b = append(append(b, m.ID.String()...), '"')
	b = appendText(b, `,"trade":`, m.Trade)
	b = appendText(b, `,"trade_en":`, m.TradeEn)
	b = appendText(b, `,"title":`, m.Title)
	b = appendText(b, `,"title_en":`, m.TitleEn)
	b = appendText(b, `,"stage":`, string(m.Stage))
	b = appendText(b, `,"group":`, m.Group)
	b = appendText(b, `,"hall":`, m.Hall)
	b = appendText(b, `,"contest":`, e.title)
	if m.Contest != (contest.ID{}) {
		b = appendText(b, `,"contest_id":`, m.Contest.String())
	}
	b = appendText(b, `,"kind":`, string(e.kind))
	return append(b, `}}`...)
}

// appendPatch writes the keys of the head that changed, nothing when none did.
func (s *stage) appendPatch(b []byte, now scoring.Standings) []byte {
	from, was := len(b), s.head
	sep := func() string {
		if len(b) == from {
			return `{`
		}
		return `,`
	}
	if was.Phase != now.Phase {
		b = appendString(append(append(b, sep()...), `"phase":`...), string(now.Phase))
	}
	if was.Frozen != now.Frozen {
		b = appendBool(b, sep()+`"frozen":`, now.Frozen)
	}
	if was.Sealed != now.Sealed {
		b = appendBool(b, sep()+`"sealed":`, now.Sealed)
	}
	if was.Release != now.Release {
		b = appendString(append(append(b, sep()...), `"release":`...), string(now.Release))
	}
	if was.Entries != now.Entries {
		b = appendInt(b, sep()+`"entries":`, now.Entries)
	}
	if was.Done != now.Done {
		b = appendInt(b, sep()+`"done":`, now.Done)
	}
	if was.Need != now.Need {
		b = appendInt(b, sep()+`"need":`, now.Need)
	}
	if s.named != s.event.groups.epoch && s.ranksWithin() {
		s.named = s.event.groups.epoch
		at, first := len(b), sep()[0]
		b = s.appendGroups(b)
		b[at] = first
	}
	if len(b) > from {
		b = append(b, '}')
	}
	return b
}

func appendInt(b []byte, key string, v int) []byte {
	return strconv.AppendInt(append(b, key...), int64(v), 10)
}

func appendBool(b []byte, key string, v bool) []byte {
	return strconv.AppendBool(append(b, key...), v)
}

func appendText(b []byte, key, v string) []byte {
	if v == "" {
		return b
	}
	return appendString(append(b, key...), v)
}

// appendString takes the short way for text that JSON writes as it is.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return appendQuoted(b, s)
		}
	}
	if !utf8.ValidString(s) {
		return appendQuoted(b, s)
	}
	return append(append(append(b, '"'), s...), '"')
}

func appendQuoted(b []byte, s string) []byte {
	q, err := json.Marshal(s)
	if err != nil {
		q = []byte(`""`) // strings always marshal
	}
	return append(b, q...)
}
