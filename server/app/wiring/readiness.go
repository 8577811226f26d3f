package wiring

import (
	"context"

	"jiangtai/server/app/wiring/intake"
	"jiangtai/server/contest"
	"jiangtai/server/identity"
	"jiangtai/server/programme"
	"jiangtai/server/readiness"
	"jiangtai/server/readiness/readinessstore"
)

// openReadiness makes the desk of the wall of tablets.
func (a *Rooms) openReadiness(directory *programme.Directory) {
	a.Readiness = readiness.New(readiness.Config{
		Store: readinessstore.New(a.DB), Work: a.DB, Events: intake.IdentityChairs{Directory: directory},
		Tablets: tabletsForReadiness{a.Identity.Devices}, Now: a.Now,
	})
}

// tabletsForReadiness is readiness' Tablets.
type tabletsForReadiness struct{ devices identity.Devices }

// Holding gives the tablets that hold a chair.
func (p tabletsForReadiness) Holding(ctx context.Context, event contest.ID) ([]readiness.Tablet, error) {
	list, err := p.devices.ListDevices(ctx, event)
	var out []readiness.Tablet
	for _, d := range list {
		if d.FrozenAt.IsZero() {
			out = append(out, readiness.Tablet{Device: d.ID, Chair: d.Chair, Name: d.Name, LastSeen: d.SeenAt, Pending: d.Pending})
		}
	}
	return out, err
}
