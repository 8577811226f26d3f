package signingstore_test

import (
	"testing"

	"jiangtai/server/signing/signingstore"
	"jiangtai/server/signing/signingtest"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var (
	event    = signingtest.Event
	chief    = signingtest.Chief
	host     = signingtest.Host
	coder    = signingtest.Coder
	visitor  = signingtest.Visitor
	stranger = signingtest.Stranger
)

// rig is a desk over a real database.
type rig struct {
	*signingtest.Rig
	kept *signingstore.Store
}

func newRig(t *testing.T) *rig {
	t.Helper()
	return newRigOf(t, signingtest.Options{})
}

func newRigOf(t *testing.T, o signingtest.Options) *rig {
	t.Helper()
	db := storetest.New(t)
	kept := signingstore.New(db)
	return &rig{signingtest.New(t, kept, db, o), kept}
}
