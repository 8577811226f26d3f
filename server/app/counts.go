package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"jiangtai/server/web"
)

// newCounts is a registry that has the counts of memory and goroutines already.
func newCounts() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector())
	return r
}

// metricsAddr is MetricsAddr, on this machine alone unless it names a host: to show
// how much a server is used to a whole network must be somebody's own words.
func (c Config) metricsAddr() string {
	host, port, err := net.SplitHostPort(c.MetricsAddr)
	if err == nil && host == "" {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return c.MetricsAddr
}

// serveCounts serves the counts for Prometheus on an address of their own, never
// on the one that people reach; without such an address nothing is served. The
// function that it gives ends it.
func (a *App) serveCounts(ctx context.Context) (end func() error, err error) {
	if a.cfg.MetricsAddr == "" {
		return func() error { return nil }, nil
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", a.cfg.metricsAddr())
	if err != nil {
		return nil, fmt.Errorf("listen for metrics: %w", err)
	}
	server := &http.Server{Handler: web.Counts(a.metrics), ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ln) }()
	a.log.Info("metrics are served", "address", ln.Addr().String())
	return func() error {
		err := server.Close()
		if failed := <-ended; !errors.Is(failed, http.ErrServerClosed) {
			err = errors.Join(err, failed)
		}
		return err
	}, nil
}
