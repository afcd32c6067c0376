"""Each expert answers one kind of request: ``run(request, engine, progress, cancel) → result``, typed, without words."""
