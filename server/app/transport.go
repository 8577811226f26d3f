package app

import (
	"context"
	"errors"

	"jiangtai/frontend"
	"jiangtai/server/app/capacity"
	"jiangtai/server/backup/backupweb"
	"jiangtai/server/blind/blindweb"
	"jiangtai/server/calls/callsweb"
	"jiangtai/server/correction/correctionweb"
	"jiangtai/server/evening/eveningweb"
	"jiangtai/server/evidence/evidenceweb"
	"jiangtai/server/floor/floorweb"
	"jiangtai/server/honours/honoursweb"
	"jiangtai/server/honours/reading"
	"jiangtai/server/identity/identityweb"
	"jiangtai/server/judging/judgingweb"
	"jiangtai/server/keying/keyingweb"
	"jiangtai/server/plan/planweb"
	"jiangtai/server/programme/programmeweb"
	"jiangtai/server/readiness/readinessweb"
	"jiangtai/server/registration/registrationweb"
	"jiangtai/server/results/resultsweb"
	"jiangtai/server/signing/signingweb"
	"jiangtai/server/stages/stagesweb"
	"jiangtai/server/web"
)

var errStarting = errors.New("starting or stopping")

// counted keeps count of who waits for the answer.
func (a *App) counted(s web.Shortcut) web.Shortcut {
	return func(q *web.Quick, body []byte) (int, []byte, bool, error) {
		a.Waiting.Add(1)
		defer a.Waiting.Add(-1)
		return s(q, body)
	}
}

// openTransport puts all routes up.
func (a *App) openTransport(context.Context) error {
	a.web = web.New(web.Config{ //nolint:contextcheck // what is at hand is asked for with a context that has ended
		Connections: capacity.Room(capacity.Files()), Now: clock, Log: a.log, Identify: a.Identity.Identify, Draining: a.Identity.Draining,
		Origins: a.cfg.origins(), Proxies: a.cfg.trusted(),
		BodyLimits: map[string]int{
			programmeweb.PackagesPath:     programmeweb.PackagesLimit,
			programmeweb.TablesPath:       programmeweb.TablesLimit,
			judgingweb.MarksPath:          judgingweb.MarksLimit,
			registrationweb.WorkbooksPath: registrationweb.WorkbooksLimit,
			planweb.FilesPath:             planweb.FilesLimit,
			planweb.SheetPath:             planweb.SheetLimit,
			honoursweb.FilesPath:          honoursweb.FilesLimit,
			signingweb.ScansPath:          signingweb.ScansLimit,
			keyingweb.PhotosPath:          keyingweb.PhotosLimit,
			evidenceweb.PhotosPath:        evidenceweb.PhotosLimit,
		},
		Ready: a.ready, Metrics: a.metrics, Hub: a.Hub, Pages: frontend.FS, Standings: a.Standings, Row: a.Row,
		Shortcuts: map[string]web.Shortcut{judgingweb.MarksPath: a.counted(judgingweb.Shortcut(a.Desk))}, //nolint:contextcheck // a request brings its own
	})
	api := web.API(a.web)
	identityweb.Mount(api, a.Identity, a.cfg.Public())
	programmeweb.Mount(api, a.Office)
	judgingweb.Mount(api, a.Desk)
	signingweb.Mount(api, a.Signing)
	keyingweb.Mount(api, a.Keying)
	evidenceweb.Mount(api, a.Evidence)
	resultsweb.Mount(api, a.Results)
	eveningweb.Mount(api, a.Evening)
	floorweb.Mount(api, a.Floor)
	callsweb.Mount(api, a.Calls)
	correctionweb.Mount(api, a.Correction)
	stagesweb.Mount(api, a.Stages)
	blindweb.Mount(api, a.Blind)
	blindweb.MountRecusals(api, a.Recusals)
	registrationweb.Mount(api, a.Registration)
	planweb.Mount(api, a.Plan)
	honoursweb.Mount(api, a.Honours, reading.New(a.Honours, a.People()), a.Papers, a.Proposals)
	backupweb.Mount(api, a.backups, a.cfg.before())
	readinessweb.Mount(api, a.Readiness)
	a.Socket.Mount(a.web)
	return nil
}

// ready says why requests should go elsewhere.
func (a *App) ready() error {
	if !a.state.serving() {
		return errStarting
	}
	if a.postgres != nil && !a.postgres.Ready() {
		return errors.New("PostgreSQL is starting again") //nolint:err113 // a reason for the probe, never compared
	}
	return nil
}
