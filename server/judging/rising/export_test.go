package rising

import "jiangtai/server/contest"

// Next is the event that is opened next, unless it was taken already.
func (q *Queue) Next() contest.ID {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.order[len(q.order)-1]
}
