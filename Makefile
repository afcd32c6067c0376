test:
	@echo skeleton
