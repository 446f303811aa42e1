"""Why a row has its score: exact contributions or sampled Shapley values, in the user's columns and units."""
