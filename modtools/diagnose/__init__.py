"""Whether modules load, and if not, why: the loading steps on a scratch kernel, and findings by rule."""
