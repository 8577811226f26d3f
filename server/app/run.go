package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"jiangtai/server/app/wiring"
)

// How long each part of a stop may take.
const (
	stopRequests = 5 * time.Second
	stopSockets  = 5 * time.Second
)

// lifecycle is how far the program is. Safe for concurrent use.
type lifecycle struct {
	up      atomic.Bool
	closing sync.Once
	closed  error
}

func (l *lifecycle) serving() bool { return l.up.Load() }

// Listen takes the configured address; the address it got is in Addr.
func (a *App) Listen(ctx context.Context) (net.Listener, error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", a.cfg.HTTPAddr)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return ln, nil
}

// Run serves until ctx is done, then stops in order: not ready, no new
// requests, clerks drained, sockets told to come back. Close does the rest.
func (a *App) Run(ctx context.Context, ln net.Listener) error {
	endCounts, err := a.serveCounts(ctx)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	endPlain, err := a.servePlain(ctx)
	if err != nil {
		return errors.Join(err, endCounts(), ln.Close())
	}
	failed := make(chan error, 1)
	go func() { failed <- a.web.Listener(a.safe(ln)) }()
	background, end := context.WithCancel(context.WithoutCancel(ctx))
	var beats sync.WaitGroup
	beats.Go(func() { a.Heads.Run(background) })
	beats.Go(func() { a.beat(background) })
	a.state.up.Store(true)
	beats.Go(func() {
		a.Rise(background)
		settleMemory()
	})
	select {
	case <-ctx.Done():
	case err = <-failed:
		err = fmt.Errorf("serve: %w", err)
	}
	a.state.up.Store(false)
	err = errors.Join(err, a.stop(context.WithoutCancel(ctx)), endPlain(), endCounts())
	end()
	beats.Wait()
	return err
}

// stop ends what people see: requests under way are answered, marks that were
// taken are written, and only then do sockets close.
func (a *App) stop(ctx context.Context) error {
	err := a.web.ShutdownWithTimeout(stopRequests)
	if errors.Is(err, context.DeadlineExceeded) {
		// Sockets count as open requests; they are closed below, by their owner.
		err = nil
	}
	a.Desk.Close()
	a.Live.Close()
	within, cancel := context.WithTimeout(ctx, stopSockets)
	defer cancel()
	return errors.Join(err, a.Hub.Shutdown(within), a.Identity.Flush(within))
}

// adoptEvery is how soon an event that another process imported is served.
const adoptEvery = 5 * time.Second

// beat does what time asks for.
func (a *App) beat(ctx context.Context) {
	second, adopt := time.NewTicker(time.Second), time.NewTicker(adoptEvery)
	defer second.Stop()
	defer adopt.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-second.C:
			err = a.Identity.Beat(ctx)
		case <-adopt.C:
			err = errors.Join(a.Adopt(ctx), a.FollowLists(ctx), a.Propose(ctx))
		}
		if err != nil && ctx.Err() == nil {
			a.log.Warn("a regular task failed", "error", err)
		}
	}
}

// endHub has a context of its own: the caller's has often ended by now.
//
//nolint:contextcheck,nolintlint // as said; the linter reads this for the callers' sake
func (a *App) endHub() error {
	within, cancel := context.WithTimeout(context.Background(), stopSockets)
	defer cancel()
	return a.Hub.Shutdown(within)
}

// Close closes what New opened, in the opposite order. It may be called more
// than once.
func (a *App) Close() error {
	a.state.closing.Do(func() {
		var errs []error
		if a.Rooms == nil {
			a.Rooms = wiring.New(wiring.Config{}) // what failed came before them
		}
		if a.Desk != nil {
			a.Desk.Close()
		}
		if a.keeper != nil {
			a.keeper.Close()
		}
		if a.saved != nil {
			errs = append(errs, a.saved.Close())
		}
		if a.Hub != nil {
			// After Run there is nothing left to close; a command never ran.
			a.Live.Close()
			errs = append(errs, a.endHub())
		}
		if a.ledgers != nil {
			errs = append(errs, a.ledgers.Close())
		}
		if a.marks != nil {
			errs = append(errs, a.marks.Close())
		}
		if a.db != nil {
			errs = append(errs, a.db.Close())
		}
		if a.postgres != nil {
			errs = append(errs, os.Remove(a.addressFile()), a.postgres.Close())
		}
		a.state.closed = errors.Join(errs...)
	})
	return a.state.closed
}
