package wiring

import (
	"fmt"
	"path/filepath"

	"jiangtai/server/app/wiring/intake"
	"jiangtai/server/programme/programmestore"
	"jiangtai/server/registration"
	"jiangtai/server/registration/registrationstore"
	"jiangtai/server/registration/vault"
)

// openRegistration makes the registration desk. Its key lies beside the others:
// without it nobody reads an ID number, so a backup without keys/ restores none.
func (a *Rooms) openRegistration(records *programmestore.Store) error {
	key, err := secretFile(filepath.Join(a.Data, "keys", "registration.key"), vault.KeySize)
	if err != nil {
		return err
	}
	safe, err := vault.New(key)
	if err != nil {
		return fmt.Errorf("key of registration: %w", err)
	}
	a.Registration = registration.New(registration.Config{
		Store: registrationstore.New(a.DB, safe), Work: a.DB, Audit: a.Audit, Now: a.Now, Changed: a.Refresh,
		Events:    intake.RegistrationEvents{Directory: a.Directory, Records: records},
		Programme: intake.RegistrationProgramme{Office: a.Office, Directory: a.Directory, Records: records},
	})
	return nil
}
