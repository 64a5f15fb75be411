package model

import "github.com/graphpool/graphpool/layers/cluster"

// OptimizerNames are the values of --optimizer.
func OptimizerNames() []string {
	return []string{string(cluster.Adam), string(cluster.AdamW), string(cluster.SGD)}
}

// ScheduleNames are the values of --schedule.
func ScheduleNames() []string {
	return []string{string(cluster.ConstantRate), string(cluster.Cosine), string(cluster.Plateau), string(cluster.WarmUpCosine)}
}
