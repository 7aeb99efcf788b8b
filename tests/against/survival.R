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

# se, survival and incidence at the times that are asked for: 1 and 0 before anything has happened.
at_times <- function(fit) summary(fit, times = asked, extend = TRUE)

expect_curve <- function(set, place, label, data, causes) {
	fit <- survfit(Surv(time, event > 0) ~ 1, data, conf.type = "log-log")
	# R gives no interval where nothing has happened yet; there is no doubt about 1.
	none <- fit$surv >= 1
	low <- ifelse(none, 1, ifelse(fit$surv <= 0, NA, fit$lower))
	high <- ifelse(none, 1, ifelse(fit$surv <= 0, NA, fit$upper))
	at <- at_times(fit)
	known <- at$n.risk > 0 | at$surv == 0
	in_curve <- function(what, value, within, family) expect(set, paste(place, what, sep = "."), value, within, family)
	in_curve("group", label, 0, "curves")
	in_curve(c("n", "events", "censored"), c(nrow(data), sum(data$event > 0), sum(data$event == 0)), 0, "curves")
	in_curve(c("median.time", "median.lo", "median.hi"),
		 c(first_half(fit$time, fit$surv), first_half(fit$time, low), first_half(fit$time, high)), 1e-9, "medians")
	expect_each(set, paste0(place, ".steps"),
		    list(time = fit$time, at_risk = fit$n.risk, events = fit$n.event, censored = fit$n.censor,
			 survival = fit$surv, se = ifelse(fit$surv > 0, fit$surv * fit$std.err, NA), lo = low, hi = high),
		    1e-9, "curves")
	expect_each(set, paste0(place, ".at"),
		    list(time = asked, at_risk = at$n.risk, survival = ifelse(known, at$surv, NA),
			 se = ifelse(known & at$surv > 0, at$std.err, NA)), 1e-9, "at")
	for (i in seq_along(causes))
		expect_incidence(set, sprintf("%s.incidence.%d", place, i - 1), data, causes[i], causes)
}

expect_incidence <- function(set, place, data, cause, causes) {
	hits <- sum(data$event == cause)
	expect(set, paste0(place, c(".cause", ".events")), c(cause, hits), 0, "incidences")
	if (hits == 0) {
		expect(set, paste0(place, ".steps.length"), 0, 0, "incidences")
		return()
	}
	fit <- survfit(Surv(time, factor(event, 0:max(causes))) ~ 1, data, conf.type = "log-log")
	column <- which(fit$states == cause)
	hit <- which(fit$n.event[, column] > 0)
	share <- fit$pstate[hit, column]
	all <- share > 1 - 1e-12
	expect_each(set, paste0(place, ".steps"),
		    list(time = fit$time[hit], at_risk = fit$n.risk[hit, 1], events = fit$n.event[hit, column],
			 incidence = share, se = ifelse(all, NA, fit$std.err[hit, column]),
			 lo = ifelse(all, NA, fit$lower[hit, column]), hi = ifelse(all, NA, fit$upper[hit, column])),
		    1e-9, "incidences")
	at <- at_times(fit)
	share <- at$pstate[, column]
	# After the last of those who have been followed, the share is known only where nobody was left.
	known <- asked <= max(data$time) | rowSums(at$pstate[, fit$states != "(s0)", drop = FALSE]) > 1 - 1e-12
	expect_each(set, paste0(place, ".at"),
		    list(time = asked, incidence = ifelse(known, share, NA),
			 se = ifelse(known & share <= 1 - 1e-12, at$std.err[, column], NA)), 1e-9, "incidence-at")
}

expect_test <- function(set, place, data, struck) {
	data$struck <- struck
	fit <- if (any(struck)) survdiff_or_null(data)
	if (is.null(fit)) {
		expect(set, paste0(place, c(".chisq", ".df", ".p")), c(NA, 0, NA), 0, "tests")
		return()
	}
	df <- sum(fit$exp > 0) - 1
	expect(set, paste0(place, c(".chisq", ".df", ".p")),
	       c(fit$chisq, df, pchisq(fit$chisq, df, lower.tail = FALSE)), 1e-9, "tests")
	expect_each(set, paste0(place, ".groups"), list(observed = fit$obs, expected = fit$exp), 1e-9, "tests")
}

# NULL where nothing is compared: R says 0, or fails on a variance of nothing.
survdiff_or_null <- function(data) {
	first <- min(data$time[data$struck])
	there <- data[data$time >= first, ]
	if (length(unique(there$group)) < 2 || all(there$struck & there$time == first))
		return(NULL)
	survdiff(Surv(time, struck) ~ group, data)
}

for (set in 1:1400) {
	n <- sample(c(2:12, 20, 40, 80), 1)
	kinds <- if (set %% 7 == 0) 1 else sample(2:4, 1)
	data <- data.frame(time = switch(1 + set %% 4, rpois(n, 4), rgeom(n, 0.1), round(rexp(n, 0.2), 3), runif(n, 0, 9)),
			   event = sample(0:kinds, n, TRUE), group = sample(sample(2:5, 1), n, TRUE))
	data$time <- as.numeric(sprintf("%.9f", data$time))
	present <- unique(data$group) # the program's order: of first appearance
	data$group <- factor(data$group, present)
	struck <- sort(unique(data$event[data$event > 0]))
	causes <- if (any(struck > 1)) struck
	together <- set %% 5 == 0
	if (together) {
		expect_curve(set, "curves.0", NA_character_, data, causes)
	} else {
		for (i in seq_along(present))
			expect_curve(set, sprintf("curves.%d", i - 1), as.character(present[i]),
				     data[data$group == present[i], ], causes)
	}
	expect(set, "curves.length", if (together) 1 else length(present), 0, "curves")
	if (together || length(present) < 2) {
		expect(set, "logrank", NA_real_, 0, "curves")
	} else {
		expect_test(set, "logrank", data, data$event > 0)
		for (i in seq_along(causes))
			expect_test(set, sprintf("logrank_by_cause.%d", i - 1), data, data$event == causes[i])
	}
	data$time <- sprintf("%.9f", data$time)
	write_set(set, data[, if (together) 1:2 else 1:3], paste("--at", paste(asked, collapse = ",")))
}
finish()
