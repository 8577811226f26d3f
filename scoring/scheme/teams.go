package scheme

// Teams say how the members of a team make its total (团体赛). Persons and teams
// are ranked in two lists of their own.
type Teams struct {
	Take  string `json:"take"`            // sum, mean or best
	Best  int    `json:"best,omitempty"`  // of best: how many members count
	Size  int    `json:"size,omitempty"`  // how many members a team has; 0: as many as are admitted
	Least int    `json:"least,omitempty"` // with fewer members that count a team is not ranked; 0: Best where Take is best, else Size
	Round *Round `json:"round,omitempty"` // of what the members make, before the team's own components are added
	Keys  []Key  `json:"keys,omitempty"`  // tie-break among teams, after the total
}

// OfTeam is the word of a component that teams are marked in.
const OfTeam = "team"
