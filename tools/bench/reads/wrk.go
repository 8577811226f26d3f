package reads

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// load is a run of wrk's.
type load struct {
	connections int
	length      time.Duration
}

// found is what a run showed.
type found struct {
	perSecond float64
	p50, p99  time.Duration
	requests  int64
	client    time.Duration // of the processor that wrk took
}

// run asks one question over and over.
func (l load) run(ctx context.Context, url string, headers map[string]string) (found, error) {
	args := []string{"-t1", "-c" + strconv.Itoa(l.connections), "-d" + strconv.Itoa(int(l.length.Seconds())) + "s", "--latency"}
	for name, value := range headers {
		args = append(args, "-H", name+": "+value)
	}
	cmd := exec.CommandContext(ctx, "wrk", append(args, url)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return found{}, fmt.Errorf("wrk: %w: %s", err, out)
	}
	f, err := parse(string(out))
	f.client = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return f, err
}

var (
	rateLine  = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)
	countLine = regexp.MustCompile(`(\d+) requests in`)
	shareLine = regexp.MustCompile(`(?m)^\s+(50|99)%\s+([0-9.]+)(us|ms|s|m)$`)

	errUnread  = errors.New("wrk's report was not understood")
	errRefused = errors.New("answers were refused or cut off")
)

func parse(report string) (f found, err error) {
	for _, sign := range []string{"Non-2xx", "Socket errors"} {
		if at := strings.Index(report, sign); at >= 0 {
			line, _, _ := strings.Cut(report[at:], "\n")
			return f, fmt.Errorf("%w: %s", errRefused, line)
		}
	}
	rate, count, shares := rateLine.FindStringSubmatch(report), countLine.FindStringSubmatch(report), shareLine.FindAllStringSubmatch(report, -1)
	if rate == nil || count == nil || len(shares) != 2 {
		return f, fmt.Errorf("%w: %s", errUnread, report)
	}
	f.perSecond, _ = strconv.ParseFloat(rate[1], 64)
	f.requests, _ = strconv.ParseInt(count[1], 10, 64)
	for i, to := range []*time.Duration{&f.p50, &f.p99} {
		if *to, err = time.ParseDuration(shares[i][2] + shares[i][3]); err != nil {
			return f, fmt.Errorf("%w: %w", errUnread, err)
		}
	}
	return f, nil
}
