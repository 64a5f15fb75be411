package model

import "github.com/graphpool/graphpool/layers/cluster"

// OptimizerNames are the values of --optimizer.
func OptimizerNames() []string {
	return []string{string(cluster.Adam), string(cluster.AdamW), string(cluster.SGD)}
}

// OrderNames are the values of --order.
func OrderNames() []string {
	return []string{string(cluster.AsGiven), string(cluster.ByClusters), string(cluster.CuthillMcKee)}
}

// ScheduleNames are the values of --schedule.
func ScheduleNames() []string {
	return []string{string(cluster.ConstantRate), string(cluster.Cosine), string(cluster.Plateau), string(cluster.WarmUpCosine)}
}
