package floorweb

import (
	"time"

	"jiangtai/server/floor"
)

type viewDocument struct {
	At       time.Time         `json:"at"`
	Sessions []sessionDocument `json:"sessions"`
}

type sessionDocument struct {
	Work       string             `json:"work"`
	Module     floor.Module       `json:"module"`
	State      string             `json:"state"`
	Started    *time.Time         `json:"started_at"`
	Ended      *time.Time         `json:"ended_at"`
	Since      *time.Time         `json:"since"`
	Net        *int64             `json:"net"` // at the view's time; null: withheld
	Added      int                `json:"added"`
	Pauses     []pauseDocument    `json:"pauses"`
	Additions  []additionDocument `json:"additions"`
	Violations []noteDocument     `json:"violations"`
	Signature  *signatureDocument `json:"signature"`
	Records    []recordDocument   `json:"records"`
}

type pauseDocument struct {
	Why     string     `json:"why"`
	From    time.Time  `json:"from"`
	To      *time.Time `json:"to"`
	Seconds int64      `json:"seconds"`
	Judge   string     `json:"judge"`
}

type additionDocument struct {
	At      time.Time `json:"at"`
	Seconds int       `json:"seconds"`
	Why     string    `json:"why"`
	Judge   string    `json:"judge"`
}

type noteDocument struct {
	At    time.Time `json:"at"`
	Text  string    `json:"text"`
	Judge string    `json:"judge"`
}

type signatureDocument struct {
	Kind  string     `json:"kind"`
	At    *time.Time `json:"at"` // null: withheld
	Text  string     `json:"text"`
	Judge string     `json:"judge"`
}

type recordDocument struct {
	Value    string    `json:"value"`
	At       time.Time `json:"at"`
	Received time.Time `json:"received_at"`
	Chair    int       `json:"chair"`
	Judge    string    `json:"judge"`
	IsUndone bool      `json:"undone"`
}

func documentOf(v floor.View) viewDocument {
	d := viewDocument{At: v.At, Sessions: make([]sessionDocument, len(v.Sessions))}
	for i := range v.Sessions {
		d.Sessions[i] = documentOfSession(&v.Sessions[i], v.At)
	}
	return d
}

func documentOfSession(s *floor.Session, now time.Time) sessionDocument {
	d := sessionDocument{
		Work: s.Work, Module: s.Module, State: s.State, Started: s.Started, Ended: s.Ended, Since: s.Since, Added: s.Added,
		Pauses: []pauseDocument{}, Additions: []additionDocument{}, Violations: []noteDocument{}, Records: []recordDocument{},
	}
	if net := s.NetAt(now); !s.IsWithheld {
		d.Net = &net
	}
	for _, p := range s.Pauses {
		d.Pauses = append(d.Pauses, pauseDocument(p))
	}
	for _, a := range s.Additions {
		d.Additions = append(d.Additions, additionDocument(a))
	}
	for _, n := range s.Violations {
		d.Violations = append(d.Violations, noteDocument(n))
	}
	if s.Signature != nil {
		signature := signatureDocument{Kind: s.Signature.Kind, Text: s.Signature.Text, Judge: s.Signature.Judge}
		if !s.Signature.At.IsZero() {
			signature.At = &s.Signature.At
		}
		d.Signature = &signature
	}
	for i := range s.Records {
		r := &s.Records[i]
		d.Records = append(d.Records, recordDocument{r.Value, r.When(), r.At, int(r.Chair), r.Judge, r.IsUndone})
	}
	return d
}
