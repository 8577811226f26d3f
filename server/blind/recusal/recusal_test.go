package recusal_test

import (
	"testing"

	"jiangtai/server/blind"
	"jiangtai/server/blind/blindtest"
	"jiangtai/server/blind/recusal"
	"jiangtai/server/blind/recusal/recusaltest"
)

func TestDesk(t *testing.T) {
	recusaltest.Conform(t, func(*testing.T) (recusal.Store, blind.Store, blind.Work) {
		m := blindtest.NewMemory()
		return recusaltest.NewMemory(), m, m
	})
}
