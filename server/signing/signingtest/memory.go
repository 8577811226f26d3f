package signingtest

import (
	"context"
	"maps"
	"slices"
	"sync"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing"
)

// Memory is signing.Store and signing.Work in memory. Transactions run one after
// another and are undone when they fail.
type Memory struct {
	turn sync.Mutex // one transaction at a time
	mu   sync.Mutex // guards now
	now  state
}

type state struct {
	documents []signing.Document
	pdfs      map[contest.ID][]byte
	scans     map[contest.ID][]byte // the newest of a document
	scanned   int                   // scans, with those that newer ones replaced
}

var (
	_ signing.Store = (*Memory)(nil)
	_ signing.Work  = (*Memory)(nil)
)

// NewMemory is an empty store.
func NewMemory() *Memory {
	return &Memory{now: state{pdfs: map[contest.ID][]byte{}, scans: map[contest.ID][]byte{}}}
}

// Do runs fn and undoes what it wrote when it fails.
func (m *Memory) Do(ctx context.Context, fn func(ctx context.Context) error) error {
	m.turn.Lock()
	defer m.turn.Unlock()
	m.mu.Lock()
	before := state{slices.Clone(m.now.documents), maps.Clone(m.now.pdfs), maps.Clone(m.now.scans), m.now.scanned}
	m.mu.Unlock()
	err := fn(ctx)
	if err != nil {
		m.mu.Lock()
		m.now = before
		m.mu.Unlock()
	}
	return err
}

// NextSerial is signing.Store.
func (m *Memory) NextSerial(_ context.Context, event contest.ID) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 1
	for _, d := range m.now.documents {
		if d.Event == event {
			n = d.Serial + 1
		}
	}
	return n, nil
}

// CreateDocument is signing.Store.
func (m *Memory) CreateDocument(_ context.Context, d signing.Document, pdf []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.documents = append(m.now.documents, d)
	m.now.pdfs[d.ID] = slices.Clone(pdf)
	return nil
}

// ListDocuments is signing.Store.
func (m *Memory) ListDocuments(_ context.Context, event contest.ID) ([]signing.Document, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.now.documents), func(d signing.Document) bool { return d.Event != event }), nil
}

// CountPapers is signing.Store; scans are counted of all events.
func (m *Memory) CountPapers(context.Context) (map[contest.ID]signing.Counted, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out, has := map[contest.ID]signing.Counted{}, map[contest.ID]bool{}
	for _, d := range m.now.documents {
		c := out[d.Event]
		c.Documents, c.Scans = c.Documents+1, m.now.scanned
		if d.Void != nil {
			c.Voids++
		}
		out[d.Event] = c
		has[d.Event] = has[d.Event] || d.Of.Kind == signing.ResultList && d.IsClosed()
	}
	maps.DeleteFunc(out, func(event contest.ID, _ signing.Counted) bool { return !has[event] })
	return out, nil
}

// FindDocument is signing.Store.
func (m *Memory) FindDocument(_ context.Context, event contest.ID, serial int) (signing.Document, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range m.now.documents {
		if d.Event == event && d.Serial == serial {
			return d, nil
		}
	}
	return signing.Document{}, errMissing
}

var errMissing = fault.New(fault.Missing, "signing.missing")

// VoidDocument is signing.Store.
func (m *Memory) VoidDocument(_ context.Context, id contest.ID, v signing.Void) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if d := m.at(id); d != nil && d.Void == nil {
		d.Void = &v
	}
	return nil
}

// at gives the row of a document; mu is held.
func (m *Memory) at(id contest.ID) *signing.Document {
	m.now.documents = slices.Clone(m.now.documents)
	for i := range m.now.documents {
		if m.now.documents[i].ID == id {
			return &m.now.documents[i]
		}
	}
	return nil
}

// PDF is signing.Store.
func (m *Memory) PDF(_ context.Context, document contest.ID) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	pdf, ok := m.now.pdfs[document]
	if !ok {
		return nil, errMissing
	}
	return slices.Clone(pdf), nil
}

// CreateScan is signing.Store.
func (m *Memory) CreateScan(_ context.Context, document contest.ID, s signing.Scan, file []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := m.at(document)
	if d == nil {
		return errMissing
	}
	d.Scan = &s
	m.now.scans[document] = slices.Clone(file)
	m.now.scanned++
	return nil
}

// CreateInk is signing.Store.
func (m *Memory) CreateInk(_ context.Context, document contest.ID, k signing.Ink) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.ContainsFunc(m.now.documents, func(d signing.Document) bool { return d.Ink != nil && d.Ink.ID == k.ID }) {
		return fault.New(fault.Stale, "signing.signature_taken")
	}
	d := m.at(document)
	if d == nil {
		return errMissing
	}
	k.Strokes = "" // kept, and not read again
	d.Ink = &k
	return nil
}

// FindSigned is signing.Store.
func (m *Memory) FindSigned(_ context.Context, signature contest.ID) (signing.Document, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range m.now.documents {
		if d.Ink != nil && d.Ink.ID == signature {
			return d, nil
		}
	}
	return signing.Document{}, errMissing
}

// ScanFile is signing.Store.
func (m *Memory) ScanFile(_ context.Context, document contest.ID) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	file, ok := m.now.scans[document]
	if !ok {
		return nil, errMissing
	}
	return slices.Clone(file), nil
}
