package floor

import (
	"context"

	"jiangtai/server/contest"
)

// Clocks reads what was recorded of an event's sessions. The app plugs judging.
type Clocks interface {
	// Sessions are those that something was recorded of, by module in the scheme's
	// order and label. Missing and Forbidden for who may not read them.
	Sessions(ctx context.Context, actor contest.Actor, event contest.ID) ([]Clock, error)
}

// Events knows how an event is called. The app plugs programme.
type Events interface {
	// Head gives an event's names. Missing when there is none.
	Head(ctx context.Context, event contest.ID) (Head, error)
}

// Head is how an event is called (赛项抬头).
type Head struct {
	Contest string
	Event   string // trade, stage, group
	Code    string
	Mark    string // 演练 or 演示; "" for a real one
}
