# Kaplan-Meier, log-rank and Aalen-Johansen by R's package survival.
source("tests/against/sets.R")
suppressMessages(library(survival))
set.seed(20040)
asked <- c(0.5, 2.5, 6)

# The rule of the first time at or below a half, which R's own median (the middle of a level stretch) is not.
first_half <- function(time, values) {
	below <- which(!is.na(values) & values <= 0.5 * (1 + 1e-12))
	if (length(below) == 0) NA else time[below[1]]
}

curve <- function(label, data, causes) {
	fit <- survfit(Surv(time, event > 0) ~ 1, data, conf.type = "log-log")
	# R gives no interval where nothing has happened yet; there is no doubt about 1.
	none <- fit$surv >= 1
	low <- ifelse(none, 1, ifelse(fit$surv <= 0, NA, fit$lower))
	high <- ifelse(none, 1, ifelse(fit$surv <= 0, NA, fit$upper))
	se <- ifelse(fit$surv > 0, fit$surv * fit$std.err, NA)
	at <- summary(fit, times = asked, extend = TRUE)
	known <- at$n.risk > 0 | at$surv == 0
	members <- list(
		group = label, n = nrow(data), events = sum(data$event > 0), censored = sum(data$event == 0),
		median = object(time = number(first_half(fit$time, fit$surv)), lo = number(first_half(fit$time, low)),
				hi = number(first_half(fit$time, high))),
		steps = array(object(time = number(fit$time), at_risk = fit$n.risk, events = fit$n.event,
				     censored = fit$n.censor, survival = number(fit$surv), se = number(se),
				     lo = number(low), hi = number(high))),
		at = array(object(time = asked, at_risk = at$n.risk, survival = number(ifelse(known, at$surv, NA)))))
	if (length(causes) > 0)
		members$incidence <- array(sapply(causes, function(cause) incidence(data, cause, causes)))
	do.call(object, members)
}

incidence <- function(data, cause, causes) {
	hits <- sum(data$event == cause)
	if (hits == 0)
		return(object(cause = cause, events = 0, steps = "[]"))
	fit <- survfit(Surv(time, factor(event, 0:max(causes))) ~ 1, data, conf.type = "log-log")
	column <- which(fit$states == cause)
	hit <- which(fit$n.event[, column] > 0)
	share <- fit$pstate[hit, column]
	all <- share > 1 - 1e-12
	object(cause = cause, events = hits,
	       steps = array(object(time = number(fit$time[hit]), at_risk = fit$n.risk[hit, 1],
				    events = fit$n.event[hit, column], incidence = number(share),
				    se = number(ifelse(all, NA, fit$std.err[hit, column])),
				    lo = number(ifelse(all, NA, fit$lower[hit, column])),
				    hi = number(ifelse(all, NA, fit$upper[hit, column])))))
}

test <- function(data, struck) {
	data$struck <- struck
	fit <- if (any(struck)) survdiff_or_null(data)
	if (is.null(fit))
		return(object(chisq = "null", df = 0, p = "null"))
	df <- sum(fit$exp > 0) - 1
	object(chisq = number(fit$chisq), df = df, p = number(pchisq(fit$chisq, df, lower.tail = FALSE)),
	       groups = array(object(observed = fit$obs, expected = number(fit$exp))))
}

# NULL where nothing is compared: R says 0, or fails on a variance of nothing.
survdiff_or_null <- function(data) {
	first <- min(data$time[data$struck])
	there <- data[data$time >= first, ]
	if (length(unique(there$group)) < 2 || all(there$struck & there$time == first))
		return(NULL)
	survdiff(Surv(time, struck) ~ group, data)
}

for (set in seq_len(sets)) {
	n <- sample(c(2:12, 20, 40, 80), 1)
	kinds <- if (set %% 2) 1 else sample(2:4, 1)
	data <- data.frame(time = switch(1 + set %% 4, rpois(n, 4), rgeom(n, 0.1), round(rexp(n, 0.2), 3), runif(n, 0, 9)),
			   event = sample(0:kinds, n, TRUE), group = sample(sample(2:5, 1), n, TRUE))
	data$time <- as.numeric(sprintf("%.9f", data$time))
	present <- unique(data$group) # the program's order: of first appearance
	data$group <- factor(data$group, present)
	struck <- sort(unique(data$event[data$event > 0]))
	causes <- if (any(struck > 1)) struck
	if (set %% 5 == 0) { # everybody together
		answers <- object(curves = array(curve("null", data, causes)), logrank = "null")
		columns <- 1:2
	} else {
		curves <- sapply(present, function(g) curve(text(g), data[data$group == g, ], causes))
		members <- list(curves = array(curves),
				logrank = if (length(present) > 1) test(data, data$event > 0) else "null")
		if (length(causes) > 0 && length(present) > 1)
			members$logrank_by_cause <- array(sapply(causes, function(cause) test(data, data$event == cause)))
		answers <- do.call(object, members)
		columns <- 1:3
	}
	data$time <- sprintf("%.9f", data$time)
	write_set(set, data[, columns], answers, paste("--at", paste(asked, collapse = ",")))
}
