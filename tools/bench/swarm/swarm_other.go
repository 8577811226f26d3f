//go:build !linux

package swarm

import (
	"errors"
	"time"

	"jiangtai/server/rehearsal/pulse"
)

// Swarm is the crowd; there is none here.
type Swarm struct{}

var errElsewhere = errors.New("swarm: needs Linux (epoll)")

// Open says that it needs Linux.
func Open(Config, time.Duration) (*Swarm, error) { return nil, errElsewhere }

// Count does nothing.
func (s *Swarm) Count(_, _ time.Time) {}

// Counted is nothing.
func (s *Swarm) Counted() (deliveries, size int64, delays pulse.Spread) { return 0, 0, delays }

// Lost is nobody.
func (s *Swarm) Lost() int { return 0 }

// Behind is nobody.
func (s *Swarm) Behind(time.Time) int { return 0 }

// Close does nothing.
func (s *Swarm) Close() {}
