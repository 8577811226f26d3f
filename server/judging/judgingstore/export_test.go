package judgingstore

// InLine is how many wait for the next commit.
func (s *Store) InLine() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.line)
}
