package signing

import (
	"context"
	"slices"

	"jiangtai/server/contest"
)

// Paper finds a document of an event by its id, with the PDF that was printed. It asks for no permission: it is for rooms
// to which somebody brings the paper. Missing signing.missing.
func (d *Desk) Paper(ctx context.Context, event, id contest.ID) (Document, []byte, error) {
	list, err := d.cfg.Store.ListDocuments(ctx, event)
	if err != nil {
		return Document{}, nil, err
	}
	i := slices.IndexFunc(list, func(doc Document) bool { return doc.ID == id })
	if i < 0 {
		return Document{}, nil, errMissing
	}
	pdf, err := d.cfg.Store.PDF(ctx, id)
	return list[i], pdf, err
}
