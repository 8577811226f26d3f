package keyingweb

import (
	"context"
	"errors"

	"jiangtai/server/fault"
	"jiangtai/server/keying"
	"jiangtai/server/paper/cells"
	"jiangtai/server/paper/printing"
)

// Eyes find forms in photographs. They are safe for concurrent use.
type Eyes struct{ turns chan struct{} }

var _ keying.Eyes = (*Eyes)(nil)

// NewEyes makes eyes that look at two photographs at once: each may need a hundred megabytes for some seconds.
func NewEyes() *Eyes { return &Eyes{make(chan struct{}, 2)} }

// Look is keying.Eyes.
func (e *Eyes) Look(ctx context.Context, file []byte) (keying.Shot, error) {
	select {
	case e.turns <- struct{}{}:
		defer func() { <-e.turns }()
	case <-ctx.Done():
		return nil, fault.Wrap(ctx.Err(), fault.Busy, "keying.busy")
	}
	p, err := cells.Look(file)
	if err != nil {
		return nil, seen(err)
	}
	return &shot{p}, nil
}

// shot is keying.Shot.
type shot struct{ photo *cells.Photo }

// Code is what the code says.
func (s *shot) Code() string { return s.photo.Code }

// Page is which page it is.
func (s *shot) Page() int { return s.photo.Page }

// Cells cuts the page.
func (s *shot) Cells(pdf []byte) (map[string][]byte, error) {
	plan, err := printing.PlanOf(pdf)
	if err != nil {
		return nil, fault.Wrap(err, fault.Refused, "keying.no_plan")
	}
	list, err := s.photo.Cells(plan)
	if err != nil {
		return nil, seen(err)
	}
	out := make(map[string][]byte, len(list))
	for _, c := range list {
		out[c.Name] = c.JPEG
	}
	return out, nil
}

// codes are what keeps a picture from being cut, in the program's words.
var codes = []struct {
	err  error
	kind fault.Kind
	code string
}{
	{cells.ErrTooLarge, fault.TooLarge, "keying.file_size"},
	{cells.ErrFile, fault.Refused, "keying.file"},
	{cells.ErrTooManyDots, fault.Refused, "keying.too_many_dots"},
	{cells.ErrTooFewDots, fault.Refused, "keying.too_few_dots"},
	{cells.ErrNoCode, fault.Refused, "keying.no_code"},
	{cells.ErrNoAnchors, fault.Refused, "keying.no_anchors"},
}

// seen turns what the eyes say into the program's errors.
func seen(err error) error {
	var missing *cells.MissingAnchor
	if errors.As(err, &missing) {
		return fault.New(fault.Refused, "keying.no_anchor", fault.At("", "keying.no_anchor", missing.Corner.String()))
	}
	for _, c := range codes {
		if errors.Is(err, c.err) {
			return fault.Wrap(err, c.kind, c.code)
		}
	}
	return err
}
