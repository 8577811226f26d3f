package calls_test

import (
	"testing"

	"jiangtai/server/calls"
	"jiangtai/server/calls/callstest"
)

// The room's rules on a store in memory; callsstore holds PostgreSQL to the same.
func TestCalls(t *testing.T) {
	callstest.Conform(t, func(*testing.T) (calls.Store, calls.Work) {
		m := &callstest.Memory{}
		return m, m
	})
}
