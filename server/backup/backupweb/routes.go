package backupweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/backup"
	"jiangtai/server/fault"
	"jiangtai/server/web"
)

// Mount puts the routes on the API's router. before says of which contests the
// server makes backups by itself: real, all or none.
func Mount(r fiber.Router, desk *backup.Desk, before string) {
	h := &handlers{desk, before}
	r.Get("/backups", web.SignedIn, h.list).Name("backups.list")
	r.Post("/backups", web.SignedIn, h.create).Name("backups.create")
}

type handlers struct {
	desk   *backup.Desk
	before string
}

func (h *handlers) list(c *fiber.Ctx) error {
	s, err := h.desk.List(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	return c.JSON(h.document(s))
}

func (h *handlers) create(c *fiber.Ctx) error {
	s, err := h.desk.Make(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusAccepted).JSON(h.document(s))
}

type keptDocument struct {
	Name   string        `json:"name"`
	Reason backup.Reason `json:"reason"`
	At     time.Time     `json:"at"`
	Bytes  int64         `json:"bytes"`
	Key    string        `json:"key"`
}

type stateDocument struct {
	Backups []keptDocument `json:"backups"`
	Running bool           `json:"running"`
	Failed  string         `json:"failed,omitempty"`
	Before  string         `json:"before"`
}

func (h *handlers) document(s backup.State) stateDocument {
	d := stateDocument{Backups: make([]keptDocument, 0, len(s.Kept)), Running: s.IsRunning, Before: h.before}
	if s.Failed != nil {
		d.Failed = fault.Code(s.Failed)
	}
	for _, b := range s.Kept {
		d.Backups = append(d.Backups, keptDocument{b.Name, b.Reason, b.At, b.Bytes, key(b)})
	}
	return d
}

// key says what opens a backup.
func key(b backup.Kept) string {
	switch {
	case b.IsOpen:
		return "none"
	case b.ByMachine:
		return "machine"
	}
	return "passphrase"
}
