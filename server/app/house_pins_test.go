package app_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"gopkg.in/yaml.v3"
)

// goPins are modules that must not move, with the reason.
var goPins = map[string][2]string{
	"github.com/valyala/fasthttp": {"v1.58.0", "later ones break Fiber 2, earlier ones let requests be smuggled"},
}

// checkGoPins reads go.mod: an innocent update of everything would lift these.
func checkGoPins(h *house) []string {
	raw, ok := mustRead(h.fsys, "go.mod")
	if !ok {
		return []string{"go.mod is missing"}
	}
	mod, err := modfile.Parse("go.mod", []byte(raw), nil)
	if err != nil {
		return []string{err.Error()}
	}
	var faults []string
	for path, pin := range goPins {
		i := slices.IndexFunc(mod.Require, func(r *modfile.Require) bool { return r.Mod.Path == path })
		switch {
		case i < 0:
			faults = append(faults, fmt.Sprintf("go.mod: %s is not named; pin it to %s, for %s", path, pin[0], pin[1]))
		case mod.Require[i].Mod.Version != pin[0]:
			faults = append(faults, fmt.Sprintf("go.mod: %s is %s, must be %s: %s", path, mod.Require[i].Mod.Version, pin[0], pin[1]))
		}
	}
	for _, r := range mod.Replace {
		faults = append(faults, fmt.Sprintf("go.mod: %s is replaced; a build from a clone must not need more than the module proxy", r.Old.Path))
	}
	return faults
}

var exactVersion = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`)

// checkFrontendPins wants exact versions and a lock file that names no host, so that it works behind any mirror.
func checkFrontendPins(h *house) []string {
	var faults []string
	raw, ok := mustRead(h.fsys, "frontend/package.json")
	if !ok {
		return []string{"frontend/package.json is missing"}
	}
	var manifest struct {
		Dependencies    map[string]string
		DevDependencies map[string]string
	}
	if err := json.Unmarshal([]byte(raw), &manifest); err != nil {
		return []string{"frontend/package.json: " + err.Error()}
	}
	for _, list := range []map[string]string{manifest.Dependencies, manifest.DevDependencies} {
		for name, version := range list {
			if !exactVersion.MatchString(version) {
				faults = append(faults, fmt.Sprintf("frontend/package.json: %s is %q; write an exact version", name, version))
			}
		}
	}
	lock, ok := mustRead(h.fsys, "frontend/package-lock.json")
	switch {
	case !ok:
		faults = append(faults, "frontend/package-lock.json is missing")
	case strings.Contains(lock, `"resolved"`):
		faults = append(faults, "frontend/package-lock.json names download addresses; keep omit-lockfile-registry-resolved in frontend/.npmrc and write it anew")
	}
	slices.Sort(faults)
	return faults
}

type compose struct {
	Services map[string]struct {
		Image       string
		Healthcheck struct{ Test []string }
		Environment map[string]string
	}
}

var (
	// a version, not a word such as latest or 16-alpine-for-ever
	imageVersion = regexp.MustCompile(`:\d+\.\d+`)
	// ${NAME:?…}: nothing starts without it
	demanded = regexp.MustCompile(`\$\{\w+:\?[^}]*\}`)
)

// checkCompose reads docker-compose.yml as a stranger would who copies it into service.
func checkCompose(h *house) []string {
	raw, ok := mustRead(h.fsys, "docker-compose.yml")
	if !ok {
		return []string{"docker-compose.yml is missing"}
	}
	var c compose
	if err := yaml.Unmarshal([]byte(raw), &c); err != nil {
		return []string{"docker-compose.yml: " + err.Error()}
	}
	var faults []string
	for name, s := range c.Services {
		if len(s.Healthcheck.Test) == 0 {
			faults = append(faults, fmt.Sprintf("docker-compose.yml: %s has no health check", name))
		}
		if s.Image != "" && !imageVersion.MatchString(s.Image) {
			faults = append(faults, fmt.Sprintf("docker-compose.yml: %s uses %s; name a version", name, s.Image))
		}
		for key, value := range s.Environment {
			secret := strings.Contains(key, "PASSWORD") || strings.Contains(value, "://") && strings.Contains(value, "@")
			if secret && !strings.HasSuffix(key, "_FILE") && !demanded.MatchString(value) {
				faults = append(faults, fmt.Sprintf("docker-compose.yml: %s.%s has a password of its own; demand one with ${NAME:?…}", name, key))
			}
		}
	}
	slices.Sort(faults)
	return faults
}
