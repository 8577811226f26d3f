package storetest

import (
	"testing"
	"time"
)

func TestMain(m *testing.M) { Main(m) }

func TestNew(t *testing.T) {
	for range 3 {
		t0 := time.Now()
		db := New(t)
		t.Log(time.Since(t0))
		names, err := db.ConstraintNames(t.Context())
		t.Log(names, err)
	}
}
