package workbook

import (
	"context"
	"errors"
	"sync"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
)

// readingTime is how long one upload may be read.
const readingTime = 10 * time.Second

// Reader reads a room's uploads. It is safe for concurrent use.
type Reader struct {
	// Hint is what may be told of a fault's hint, which may be what somebody typed;
	// nil: all of it.
	Hint func(string) string
	busy sync.Mutex // held while an upload is read
}

// Enter lets one in; others are Busy excel.busy until leave is called.
func (r *Reader) Enter() (leave func(), err error) {
	if !r.busy.TryLock() {
		busy := fault.New(fault.Busy, "excel.busy")
		busy.RetryAfter = 2
		return nil, busy
	}
	return r.busy.Unlock, nil
}

// Read reads a body within its time. Whoever reads has entered. A file that is
// none is TooLarge, Unsupported or Refused, with its faults.
func (r *Reader) Read(ctx context.Context, body []byte, l excel.Layout) (excel.Table, error) {
	ctx, cancel := context.WithTimeout(ctx, readingTime)
	defer cancel()
	b, err := excel.Open(ctx, body, excel.Usual())
	if err != nil {
		return excel.Table{}, r.Refusal(err)
	}
	t, err := b.Read(ctx, l)
	return t, r.Refusal(err)
}

// Refusal is a file's fault as the program's error; other errors stay as they are.
func (r *Reader) Refusal(err error) error {
	var e *excel.Error
	if !errors.As(err, &e) {
		return err
	}
	kind := fault.Refused
	switch {
	case e.IsType:
		kind = fault.Unsupported
	case e.Faults[0].Code == "excel.too_large":
		kind = fault.TooLarge
	}
	return fault.New(kind, e.Faults[0].Code, r.Fields(e.Faults)...)
}

// Fields are a file's faults in the program's words.
func (r *Reader) Fields(list []excel.Fault) []fault.Field {
	var out []fault.Field
	for _, f := range list {
		hint := f.Hint
		if r.Hint != nil {
			hint = r.Hint(hint)
		}
		out = append(out, fault.At(f.Place, f.Code, hint))
	}
	return out
}

// Merge joins what the file and what the desk found, once for each place: a cell
// that could not be read is empty for the desk.
func Merge(found, more []fault.Field) []fault.Field {
	told := map[string]bool{}
	for _, f := range found {
		told[f.Path] = true
	}
	for _, f := range more {
		if !told[f.Path] {
			found = append(found, f)
		}
	}
	return found
}

// MergeError is Merge with the fields of a desk's error of that code; another
// error stays one.
func MergeError(found []fault.Field, err error, code string) ([]fault.Field, error) {
	if err == nil {
		return found, nil
	}
	f := fault.Of(err)
	if f.Code != code {
		return nil, err
	}
	return Merge(found, f.Fields), nil
}
