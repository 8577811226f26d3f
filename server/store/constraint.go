package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/lib/pq"

	"jiangtai/server/fault"
)

// Meaning is what the violation of a constraint says to the caller.
type Meaning struct {
	Kind fault.Kind
	Code string
}

// Ours is the meaning of a constraint that no input can violate: only a fault of
// the program can.
var Ours = Meaning{Kind: fault.Internal, Code: "server.internal"}

var registry = struct {
	sync.RWMutex // guards meanings
	meanings     map[string]Meaning
}{meanings: map[string]Meaning{}}

// Constraints says what violations of constraints and unique indexes mean, by
// name. A room's store calls it once, in a package variable: the result is of no
// use but allows that. It panics when a name is taken.
func Constraints(meanings map[string]Meaning) bool {
	registry.Lock()
	defer registry.Unlock()
	for name, m := range meanings {
		if _, taken := registry.meanings[name]; taken {
			panic(fmt.Sprintf("store: the constraint %s has two meanings", name))
		}
		if m.Code == "" {
			panic(fmt.Sprintf("store: the constraint %s has no code", name))
		}
		registry.meanings[name] = m
	}
	return true
}

func lookup(constraint string) (Meaning, bool) {
	registry.RLock()
	defer registry.RUnlock()
	m, ok := registry.meanings[constraint]
	return m, ok
}

// Mapped lists every constraint with its meaning, of the rooms that are linked
// into this program.
func Mapped() map[string]Meaning {
	registry.RLock()
	defer registry.RUnlock()
	return maps.Clone(registry.meanings)
}

// Keys, references, checks and exclusions, and unique indexes, which report a
// violation by their names too. goose's own table is not ours.
const constraintNamesSQL = `
SELECT c.conname
  FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
 WHERE n.nspname = 'public' AND t.relname <> 'goose_db_version' AND c.contype IN ('p', 'u', 'f', 'c', 'x')
   AND (cardinality($1::text[]) = 0 OR t.relname = ANY ($1))
UNION
SELECT i.relname
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace
 WHERE n.nspname = 'public' AND t.relname <> 'goose_db_version' AND x.indisunique
   AND (cardinality($1::text[]) = 0 OR t.relname = ANY ($1))
 ORDER BY 1`

// ConstraintNames lists the constraints of these tables, or of all.
func (d *DB) ConstraintNames(ctx context.Context, tables ...string) ([]string, error) {
	var names []string
	if err := d.pool.SelectContext(ctx, &names, constraintNamesSQL, pq.StringArray(append([]string{}, tables...))); err != nil {
		return nil, Fault(err, "list constraints")
	}
	return names, nil
}

// Unmapped compares the database with Mapped: missing are constraints of these
// tables, or of all, without a meaning; stale are meanings of constraints that do
// not exist anywhere.
func (d *DB) Unmapped(ctx context.Context, tables ...string) (missing, stale []string, err error) {
	names, err := d.ConstraintNames(ctx, tables...)
	if err != nil {
		return nil, nil, err
	}
	for _, n := range names {
		if _, ok := lookup(n); !ok {
			missing = append(missing, n)
		}
	}
	all, err := d.ConstraintNames(ctx)
	if err != nil {
		return nil, nil, err
	}
	unknown := Mapped()
	for _, n := range all {
		delete(unknown, n)
	}
	return missing, slices.Sorted(maps.Keys(unknown)), nil
}
