package programme

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Stages knows which event follows which. The app plugs it.
type Stages interface {
	// CheckScheme names all that is wrong with the numbers that a scheme carries
	// over from the stage before an event, with their places in its document.
	CheckScheme(ctx context.Context, event contest.ID, text []byte) ([]fault.Field, error)
}

// carries holds a scheme's carried numbers against the stage before.
func (o *Office) carries(ctx context.Context, event contest.ID, text []byte) error {
	if o.Stages == nil {
		return nil
	}
	fields, err := o.Stages.CheckScheme(ctx, event, text)
	if err == nil && fields != nil {
		return fault.New(fault.Refused, "programme.scheme_faulty", fields...)
	}
	return err
}
