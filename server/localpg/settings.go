package localpg

import (
	"net"
	"strconv"
	"strings"
)

// settings are given on the command line, where neither postgresql.conf nor
// ALTER SYSTEM overrides them.
func (s *Server) settings() []string {
	set := [][2]string{
		{"port", strconv.Itoa(s.port)},
		{"ssl", "off"},
		{"password_encryption", "scram-sha-256"},

		{"fsync", "on"},
		{"synchronous_commit", "on"},
		{"full_page_writes", "on"},
		{"wal_level", "replica"},
		{"wal_compression", "on"},
		{"min_wal_size", "128MB"},
		{"max_wal_size", "1GB"}, // what a restart after a crash replays at most
		{"checkpoint_timeout", "5min"},
		{"checkpoint_completion_target", "0.9"},

		{"max_connections", "60"},
		{"shared_buffers", "192MB"},
		{"work_mem", "8MB"},
		{"maintenance_work_mem", "64MB"},
		{"effective_cache_size", "512MB"},
		{"random_page_cost", "1.1"},
		// Parallel workers want /dev/shm, of which a container has little; when it
		// is full that would look like a full disk. Queries here are small.
		{"max_parallel_workers_per_gather", "0"},
		{"jit", "off"},

		{"timezone", "UTC"},
		{"log_timezone", "UTC"},
		{"lc_messages", "C"},
		{"idle_in_transaction_session_timeout", "60s"},

		{"logging_collector", "off"},
		{"log_destination", "stderr"},
		{"log_line_prefix", "%m [%p] %q%a "},
		{"log_checkpoints", "off"},
		{"log_error_verbosity", "terse"},
		{"log_min_error_statement", "panic"},
		{"log_min_duration_statement", "-1"},
		{"log_parameter_max_length", "0"},
		{"log_parameter_max_length_on_error", "0"},
	}
	if s.socket != "" {
		set = append(set, [][2]string{
			{"listen_addresses", ""},
			{"unix_socket_directories", `"` + strings.ReplaceAll(s.socket, `"`, `""`) + `"`}, // a list, hence the quotes
			{"unix_socket_permissions", "0700"},
		}...)
	} else {
		set = append(set, [2]string{"listen_addresses", "127.0.0.1"})
	}
	if s.cfg.Connections > 0 {
		set = append(set, [2]string{"max_connections", strconv.Itoa(s.cfg.Connections)})
	}
	if s.cfg.Volatile {
		set = append(set, [][2]string{
			{"fsync", "off"},
			{"synchronous_commit", "off"},
			{"full_page_writes", "off"},
			{"shared_buffers", "32MB"},
			{"max_connections", "200"},
			{"autovacuum", "off"},
		}...)
	}
	args := make([]string, 0, 2*len(set))
	for _, kv := range set {
		args = append(args, "-c", kv[0]+"="+kv[1])
	}
	return args
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
