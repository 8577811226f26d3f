package registration_test

import (
	"testing"

	"jiangtai/server/registration"
	"jiangtai/server/registration/registrationtest"
)

// The desk's day, on the store that its other tests use; registrationstore passes
// the same one.
func TestDesk(t *testing.T) {
	registrationtest.Conform(t, func(*testing.T) (registration.Store, registration.Work) {
		m := registrationtest.NewMemory()
		return m, m
	})
}
