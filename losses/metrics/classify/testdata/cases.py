"""Writes cases.json: random cases and what scikit-learn 1.9.1 says of them.

    python cases.py > cases.json
"""
import json
import warnings

import numpy as np
from sklearn import metrics as m

warnings.simplefilter("ignore")
rng = np.random.default_rng(1)
cases = []
for i in range(10):
    n, c = int(rng.integers(8, 40)), int(rng.integers(2, 5))
    y = np.concatenate([np.arange(c), rng.integers(0, c, n - c)])
    scores = np.round(rng.random((n, c)) + (y[:, None] == np.arange(c)) * 0.3, 1 if i % 2 else 6)
    p = scores.argmax(1)
    sets_y, sets_p = rng.random((n, c)) < 0.4, rng.random((n, c)) < 0.5
    share = scores / scores.sum(1, keepdims=True)
    one = (y == 1).astype(int)
    cases.append(dict(
        classes=c, labels=y.tolist(), predicted=p.tolist(), scores=share.ravel().tolist(),
        sets_labels=sets_y.ravel().tolist(), sets_predicted=sets_p.ravel().tolist(),
        confusion=m.confusion_matrix(y, p, labels=range(c)).tolist(),
        accuracy=m.accuracy_score(y, p), balanced=m.balanced_accuracy_score(y, p),
        f1=m.f1_score(y, p, average=None, labels=range(c)).tolist(),
        macro=m.f1_score(y, p, average="macro"), micro=m.f1_score(y, p, average="micro"),
        sets_macro=m.f1_score(sets_y, sets_p, average="macro"), sets_micro=m.f1_score(sets_y, sets_p, average="micro"),
        auc=m.roc_auc_score(one, share[:, 1]),
        macro_auc=m.roc_auc_score(y, share, multi_class="ovr") if c > 2 else
        (m.roc_auc_score(one, share[:, 1]) + m.roc_auc_score(1 - one, share[:, 0])) / 2,
    ))
print(json.dumps(cases))
