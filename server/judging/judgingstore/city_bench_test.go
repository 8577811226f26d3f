package judgingstore_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

// A whole city at once: 1.44 million marks.
const (
	cityEvents  = 120
	cityEntries = 60
	cityAspects = 40
	cityJudges  = 5
)

// cityMark is a mark in quarters of a point; citySQL computes the same.
func cityMark(event, entry, aspect, judge int) int {
	return (event*31 + entry*17 + aspect*13 + judge*7 + entry*aspect*judge + event*entry) % 21
}

const citySQL = `CREATE TABLE city_marks AS
SELECT event, entry, aspect, judge,
       ((event * 31 + entry * 17 + aspect * 13 + judge * 7 + entry * aspect * judge + event * entry) % 21) * 0.25 AS mark
  FROM generate_series(1, 120) event, generate_series(1, 60) entry, generate_series(1, 40) aspect, generate_series(1, 5) judge`

// standingsSQL is what one would write instead of an engine: of each panel
// without the highest and the lowest, the sums, the ranks.
const standingsSQL = `WITH ordered AS (
  SELECT event, entry, aspect, mark,
         row_number() OVER (PARTITION BY event, entry, aspect ORDER BY mark) AS at,
         count(*) OVER (PARTITION BY event, entry, aspect) AS of
    FROM city_marks),
panels AS (
  SELECT event, entry, aspect, avg(mark) AS value FROM ordered WHERE at > 1 AND at < of GROUP BY event, entry, aspect),
totals AS (
  SELECT event, entry, round(sum(value), 2) AS total FROM panels GROUP BY event, entry)
SELECT event, entry, total::text AS total, rank() OVER (PARTITION BY event ORDER BY totals.total DESC) AS rank
  FROM totals ORDER BY event, entry`

type cityRow struct {
	Event int    `db:"event"`
	Entry int    `db:"entry"`
	Total string `db:"total"`
	Rank  int    `db:"rank"`
}

// BenchmarkCity computes every panel, total and rank of a whole city from marks
// that are there: the boards in memory beside PostgreSQL with a window query
// over the same marks, in turn and in one run, once both are seen to answer the
// same.
func BenchmarkCity(b *testing.B) {
	boards := make([]*scoring.Board, cityEvents)
	for i := range boards {
		boards[i] = cityBoard(b, i+1)
	}
	db := cityTable(b)
	holdCity(b, boards, cityQuery(b, db))
	var memory, query time.Duration
	for b.Loop() {
		at := b.Elapsed()
		for _, board := range boards {
			recompute(b, board)
		}
		memory += b.Elapsed() - at
		at = b.Elapsed()
		cityQuery(b, db)
		query += b.Elapsed() - at
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(memory.Nanoseconds())/float64(b.N), "memory-ns/op")
	b.ReportMetric(float64(query.Nanoseconds())/float64(b.N), "sql-ns/op")
	b.ReportMetric(float64(query)/float64(memory), "sql/memory")
}

// recompute has a board compute everything anew: a chair is seated where it sits,
// and a change of seats touches every panel.
func recompute(b *testing.B, board *scoring.Board) {
	b.Helper()
	apply(b, board, scoring.Command{Kind: scoring.Seat, Chair: 1, Aspect: "judges"})
}

func apply(b *testing.B, board *scoring.Board, c scoring.Command) {
	b.Helper()
	seq := board.Seq() + 1
	c.Version, c.MarkID = 1, scoring.ID{byte(seq), byte(seq >> 8), byte(seq >> 16), byte(seq >> 24), 1}
	if err := board.Apply(scoring.Record{Command: c, Seq: seq}, nil); err != nil {
		b.Fatal(err)
	}
}

func cityBoard(b *testing.B, event int) *scoring.Board {
	b.Helper()
	aspects := make([]string, cityAspects)
	for i := range aspects {
		aspects[i] = fmt.Sprintf(`{"id":"a%d","name":{"zh":"点"},"kind":"panel","panel":"judges","max":"5","step":"0.25","policy":{"kind":"trimmed","high":1,"low":1}}`, i+1)
	}
	s, err := scheme.Parse([]byte(`{"format":"jiangtai.scheme/1","name":{"zh":"城"},"panels":[{"id":"judges","name":{"zh":"评分"}}],"components":[{"id":"p","name":{"zh":"部"},
		"criteria":[{"id":"c","name":{"zh":"模块"},"subs":[{"id":"s","name":{"zh":"项"},"aspects":[` + strings.Join(aspects, ",") + `]}]}]}]}`))
	if err != nil {
		b.Fatal(err)
	}
	rules, err := scoring.Compile(s)
	if err != nil {
		b.Fatal(err)
	}
	board := scoring.NewBoard(scoring.RuleSet{1: rules})
	apply(b, board, scoring.Command{Kind: scoring.Adopt})
	for judge := 1; judge <= cityJudges; judge++ {
		apply(b, board, scoring.Command{Kind: scoring.Seat, Chair: scoring.ChairID(judge), Aspect: "judges"})
	}
	for entry := 1; entry <= cityEntries; entry++ {
		apply(b, board, scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(entry)})
	}
	apply(b, board, scoring.Command{Kind: scoring.Open})
	for aspect := 1; aspect <= cityAspects; aspect++ {
		for entry := 1; entry <= cityEntries; entry++ {
			for judge := 1; judge <= cityJudges; judge++ {
				quarters := cityMark(event, entry, aspect, judge)
				apply(b, board, scoring.Command{
					Kind: scoring.Mark, Entry: scoring.EntryID(entry), Aspect: "a" + fmt.Sprint(aspect), Chair: scoring.ChairID(judge),
					Attempt: 1, Round: 1, Value: fmt.Sprintf("%d.%02d", quarters/4, quarters%4*25),
				})
			}
		}
	}
	return board
}

// cityTable is the same marks in PostgreSQL, in order and with statistics.
func cityTable(b *testing.B) *store.DB {
	b.Helper()
	db := storetest.New(b)
	for _, statement := range []string{citySQL, "CREATE INDEX city_marks_of ON city_marks (event, entry, aspect, mark)", "ANALYZE city_marks"} {
		if err := db.Do(b.Context(), func(ctx context.Context) error { return patient(ctx, db, statement) }); err != nil {
			b.Fatal(err)
		}
	}
	return db
}

// patient gives a statement time, and memory enough to sort in.
func patient(ctx context.Context, db *store.DB, statement string) error {
	for _, s := range []string{"SET LOCAL statement_timeout = 0", "SET LOCAL work_mem = '256MB'", statement} {
		if s == "" {
			continue
		}
		if _, err := db.Querier(ctx).ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

func cityQuery(b *testing.B, db *store.DB) []cityRow {
	b.Helper()
	var rows []cityRow
	if err := db.Do(b.Context(), func(ctx context.Context) error {
		if err := patient(ctx, db, ""); err != nil {
			return err
		}
		rows = rows[:0]
		return db.Querier(ctx).SelectContext(ctx, &rows, standingsSQL)
	}); err != nil {
		b.Fatal(err)
	}
	return rows
}

// holdCity fails unless boards and query have the same totals and ranks.
func holdCity(b *testing.B, boards []*scoring.Board, rows []cityRow) {
	b.Helper()
	if len(rows) != cityEvents*cityEntries {
		b.Fatalf("%d rows", len(rows))
	}
	for i, board := range boards {
		for _, row := range board.View(scoring.Chief).Rows {
			if sql := rows[i*cityEntries+int(row.Entry)-1]; sql.Event != i+1 || sql.Entry != int(row.Entry) || sql.Total != row.Total || sql.Rank != row.Rank {
				b.Fatalf("event %d: the board has %+v, the query %+v", i+1, row, sql)
			}
		}
	}
}
