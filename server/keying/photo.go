package keying

import (
	"context"
	"crypto/sha256"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// MaxFile is the largest photograph, in bytes.
const MaxFile = 20 << 20

// Brought is what a photograph has shown.
type Brought struct {
	Number string
	Chair  scoring.ChairID
	Page   int
	Cells  int
}

// Bring takes a photograph or scan of one page of a printed form: finds which it is and keeps its cells. Kinds: Missing,
// Forbidden, TooLarge, Refused when no form of this event is on it or a corner is missing.
func (d *Desk) Bring(ctx context.Context, a contest.Actor, event contest.ID, file []byte) (Brought, error) {
	if _, err := d.enter(ctx, a, event, bringers); err != nil {
		return Brought{}, err
	}
	if len(file) > MaxFile {
		return Brought{}, fault.New(fault.TooLarge, "keying.file_size")
	}
	shot, err := d.cfg.Eyes.Look(ctx, file)
	if err != nil {
		return Brought{}, err
	}
	paper, err := d.cfg.Papers.Paper(ctx, event, shot.Code())
	switch {
	case err != nil:
		return Brought{}, err
	case paper.IsVoid:
		return Brought{}, fault.New(fault.Refused, "keying.void")
	}
	cut, err := shot.Cells(paper.PDF)
	if err != nil {
		return Brought{}, err
	}
	var cells []Picture
	for name, jpeg := range cut {
		if at, ok := paper.Cell(name); ok {
			cells = append(cells, Picture{at.Work, at.Aspect, at.Attempt, jpeg})
		}
	}
	if len(cells) == 0 {
		return Brought{}, fault.New(fault.Refused, "keying.no_cells_there")
	}
	photo := Photo{
		ID: newID(), Event: event, Document: paper.ID, Number: paper.Number, Chair: paper.Chair, Page: shot.Page(), Sum: sha256.Sum256(file),
		By: a.Who(), ByName: a.Name, At: d.now(),
	}
	return Brought{paper.Number, paper.Chair, photo.Page, len(cells)}, d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.cfg.Store.PutPhoto(ctx, photo, cells); err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, a, "keying.photographed", "event/"+event.String(), map[string]string{
			"number": paper.Number, "page": strconv.Itoa(photo.Page), "cells": strconv.Itoa(len(cells)),
		})
	})
}

// Picture is the picture of a cell, for who keys and who may see marks.
func (d *Desk) Picture(ctx context.Context, a contest.Actor, event contest.ID, of Of, at At) ([]byte, error) {
	e, err := d.enter(ctx, a, event, append([]contest.Role{contest.Clerk}, readers...))
	if err != nil {
		return nil, err
	}
	if _, err := e.choice(a, of); err != nil {
		return nil, err
	}
	// The aspect tells the module: a chair's other modules are other sheets.
	s, err := d.cfg.Sheets.Sheet(ctx, event, of)
	if err != nil {
		return nil, err
	}
	for i := range s.Columns {
		if s.Columns[i].Pad.ID == at.Aspect {
			return d.cfg.Store.FindPicture(ctx, event, of.Chair, at)
		}
	}
	return nil, errMissing
}
