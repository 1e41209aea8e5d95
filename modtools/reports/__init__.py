"""What `pymod check` found, in the forms that people and CI read: functions from its JSON document to text.

`document` says what that document is, `forms` which forms there are; each form is a file of its own. `merge` makes one
document of several. `schema.json` is the document's JSON Schema.
"""
