"""Roads to each task's result, as students take them: every line follows from the one before."""

OVER_ALL_TARGETS = {
    "all predictions": [
        "sum(-y[t]/yhat[t] * d/dz[j](yhat[t]), t)",
        "sum(-y[t]/yhat[t] * yhat[t]*(delta(t, j) - yhat[j]), t)",
        "sum(-y[t]*(delta(t, j) - yhat[j]), t)",
    ],
    "all logarithms": [
        "-sum(y[t]*d/dz[j](z[t] - log(S)), t)",
        "-sum(y[t]*(delta(t, j) - exp(z[j])/S), t)",
    ],
}
ROADS = {
    "binary, y = 1": {
        "one denominator": [
            "-1/yhat * dyhat/dz",
            "(yhat - 1)/(yhat*(1 - yhat)) * dyhat/dz",
            "dyhat/dz = yhat*(1 - yhat)",
        ],
        "through ŷ": ["dL/dyhat * dyhat/dz", "-1/yhat * dyhat/dz", "-1/yhat * yhat*(1 - yhat)"],
        "the quotient 1/u": [
            "d/dz(-log(yhat))",
            "-1/yhat * d/dz(1/(1 + exp(-z)))",
            "-1/yhat * (-1/(1 + exp(-z))^2) * d/dz(1 + exp(-z))",
            "-1/yhat * exp(-z)/(1 + exp(-z))^2",
            "-(1 + exp(-z)) * exp(-z)/(1 + exp(-z))^2",
            "-exp(-z)/(1 + exp(-z))",
        ],
        "log road": [
            "d/dz(log(1 + exp(-z)))",
            "-exp(-z)/(1 + exp(-z))",
            "1/(1 + exp(-z)) - 1",
            "yhat - 1",
        ],
        "log road, chain rule first": [
            "d/dz(log(1 + exp(-z)))",
            "1/(1 + exp(-z)) * d/dz(1 + exp(-z))",
            "1/(1 + exp(-z)) * (-exp(-z))",
            "yhat * (-exp(-z))",
        ],
        "quotient e^z/(1 + e^z)": [
            "-1/yhat * d/dz(exp(z)/(1 + exp(z)))",
            "-1/yhat * (exp(z)*(1 + exp(z)) - exp(z)*exp(z))/(1 + exp(z))^2",
            "-1/yhat * exp(z)/(1 + exp(z))^2",
            "-1/(1 + exp(z))",
        ],
        "product rule": [
            "-1/yhat * d/dz(exp(z) * (1 + exp(z))^-1)",
            "-1/yhat * (exp(z)*(1 + exp(z))^-1 - exp(z)*(1 + exp(z))^-2*exp(z))",
            "-(1 - yhat)",
        ],
        "inverse function": [
            "dz/dyhat = 1/(yhat*(1 - yhat))",
            "-1/yhat * 1/(dz/dyhat)",
            "-1/yhat * yhat*(1 - yhat)",
        ],
        "side calculations": [
            "dyhat/dz = yhat*(1 - yhat)",
            "d/dyhat(-log(yhat)) = -1/yhat",
            "dL/dz = -1/yhat * dyhat/dz",
            "yhat - 1",
        ],
    },
    "binary, y = 0": {
        "through ŷ": ["1/(1 - yhat) * dyhat/dz", "1/(1 - yhat) * yhat*(1 - yhat)"],
        "softplus": [
            "d/dz(log(1 + exp(z)))",
            "exp(z)/(1 + exp(z))",
            "1/(1 + exp(-z))",
            "sigma(z)",
            "yhat",
        ],
        "softplus, chain rule first": [
            "d/dz(log(1 + exp(z)))",
            "1/(1 + exp(z)) * d/dz(1 + exp(z))",
            "1/(1 + exp(z)) * exp(z)",
            "yhat",
        ],
        "1 − ŷ": [
            "-d/dz(log(1 - yhat))",
            "-1/(1 - yhat) * d/dz(1 - yhat)",
            "-1/(1 - yhat) * (-yhat*(1 - yhat))",
        ],
        "log road with z": ["d/dz(log(1 + exp(-z)) + z)", "-exp(-z)/(1 + exp(-z)) + 1"],
    },
    "binary, any y": {
        "one denominator": [
            "(-y/yhat + (1 - y)/(1 - yhat)) * dyhat/dz",
            "(-y*(1 - yhat) + (1 - y)*yhat)/(yhat*(1 - yhat)) * dyhat/dz",
            "(yhat - y)/(yhat*(1 - yhat)) * dyhat/dz",
            "(yhat - y)/(yhat*(1 - yhat)) * yhat*(1 - yhat)",
        ],
        "one denominator, at once": [
            "dL/dyhat * dyhat/dz",
            "(yhat - y)/(yhat*(1 - yhat)) * dyhat/dz",
            "(yhat - y)/(yhat*(1 - yhat)) * yhat*(1 - yhat)",
        ],
        "one denominator, beside": [
            "dL/dyhat = -y/yhat + (1 - y)/(1 - yhat)",
            "-y/yhat + (1 - y)/(1 - yhat) = (yhat - y)/(yhat*(1 - yhat))",
            "(yhat - y)/(yhat*(1 - yhat)) * dyhat/dz",
            "dyhat/dz = yhat*(1 - yhat)",
        ],
        "through ŷ": [
            "(-y/yhat + (1 - y)/(1 - yhat)) * dyhat/dz",
            "(-y/yhat + (1 - y)/(1 - yhat)) * yhat*(1 - yhat)",
            "-y*(1 - yhat) + (1 - y)*yhat",
            "-y + y*yhat + yhat - y*yhat",
        ],
        "sum rule first": [
            "-y*d/dz(log(yhat)) - (1 - y)*d/dz(log(1 - yhat))",
            "-y/yhat*dyhat/dz + (1 - y)/(1 - yhat)*dyhat/dz",
            "-y/yhat*yhat*(1 - yhat) + (1 - y)/(1 - yhat)*yhat*(1 - yhat)",
            "-y*(1 - yhat) + (1 - y)*yhat",
        ],
        "softplus": [
            "d/dz(y*log(1 + exp(-z)) + (1 - y)*log(1 + exp(z)))",
            "-y*exp(-z)/(1 + exp(-z)) + (1 - y)*exp(z)/(1 + exp(z))",
            "-y*(1 - yhat) + (1 - y)*yhat",
        ],
        "one term after the other": [
            "-y/yhat*dyhat/dz + (1 - y)/(1 - yhat)*dyhat/dz",
            "-y/yhat*yhat*(1 - yhat) + (1 - y)/(1 - yhat)*dyhat/dz",
            "-y*(1 - yhat) + (1 - y)/(1 - yhat)*dyhat/dz",
            "-y*(1 - yhat) + (1 - y)/(1 - yhat)*yhat*(1 - yhat)",
        ],
        "softplus less yz": ["d/dz(log(1 + exp(z)) - y*z)", "exp(z)/(1 + exp(z)) - y"],
    },
    "multiclass, j = i": {
        "all predictions": [
            "sum(-y[t]/yhat[t] * d/dz[i](yhat[t]), t)",
            "sum(-y[t]/yhat[t] * yhat[t]*(delta(t, i) - yhat[i]), t)",
            "sum(-y[t]*(delta(t, i) - yhat[i]), t)",
        ],
        "all logarithms": [
            "-sum(y[t]*d/dz[i](z[t] - log(S)), t)",
            "-sum(y[t]*(delta(t, i) - exp(z[i])/S), t)",
        ],
        "S term by term": [
            "d/dz[i](log(S) - z[i])",
            "1/S * d/dz[i](S) - 1",
            "1/S * sum(d/dz[i](exp(z[t])), t) - 1",
            "1/S * sum(delta(t, i)*exp(z[t]), t) - 1",
            "1/S * exp(z[i]) - 1",
        ],
        "quotient road": [
            "-1/yhat[i] * dyhat[i]/dz[i]",
            "-1/yhat[i] * d/dz[i](exp(z[i])/S)",
            "-1/yhat[i] * (exp(z[i])*S - exp(z[i])*exp(z[i]))/S^2",
            "-1/yhat[i] * (yhat[i] - yhat[i]^2)",
            "-(1 - yhat[i])",
        ],
        "product road": [
            "-S/exp(z[i]) * d/dz[i](exp(z[i]) * S^-1)",
            "-S/exp(z[i]) * (exp(z[i])/S - exp(z[i])/S^2*d/dz[i](S))",
            "-S/exp(z[i]) * (exp(z[i])/S - exp(z[i])*exp(z[i])/S^2)",
            "-1 + exp(z[i])/S",
        ],
        "log road": [
            "d/dz[i](log(S) - z[i])",
            "d/dz[i](log(S)) - 1",
            "exp(z[i])/S - 1",
        ],
        "log road, chain rule first": [
            "d/dz[i](log(S)) - d/dz[i](z[i])",
            "1/S*d/dz[i](S) - 1",
            "1/S*exp(z[i]) - 1",
        ],
        "log road with the sum written": [
            "d/dz[i](log(sum(exp(z[t]), t))) - 1",
            "exp(z[i])/sum(exp(z[t]), t) - 1",
        ],
    },
    "multiclass, j ≠ i": {
        **OVER_ALL_TARGETS,
        "by the denominator": [
            "dL/dS * dS/dz[j]",
            "dL/dS = 1/S",
            "dS/dz[j] = exp(z[j])",
            "exp(z[j])/S",
        ],
        "quotient over all predictions": [
            "sum(dL/dyhat[t] * dyhat[t]/dz[j], t)",
            "sum(-y[t]/yhat[t] * d/dz[j](exp(z[t])/S), t)",
            "sum(-y[t]/yhat[t] * (delta(t, j)*exp(z[t])*S - exp(z[t])*exp(z[j]))/S^2, t)",
        ],
        "S term by term": [
            "d/dz[j](log(S))",
            "1/S * d/dz[j](S)",
            "1/S * sum(d/dz[j](exp(z[t])), t)",
            "1/S * sum(delta(t, j)*exp(z[t]), t)",
            "1/S * exp(z[j])",
        ],
        "quotient road": [
            "-1/yhat[i] * d/dz[j](exp(z[i])/S)",
            "-1/yhat[i] * (0*S - exp(z[i])*exp(z[j]))/S^2",
            "1/yhat[i] * yhat[i]*yhat[j]",
        ],
        "power road": [
            "-S/exp(z[i]) * exp(z[i]) * d/dz[j](1/S)",
            "S * 1/S^2 * d/dz[j](S)",
            "1/S * exp(z[j])",
        ],
        "log road": ["d/dz[j](log(S) - z[i])", "d/dz[j](log(S))", "exp(z[j])/S"],
        "side calculations": [
            "d/dz[j](S) = exp(z[j])",
            "dL/dz[j] = d/dz[j](log(S))",
            "1/S * d/dz[j](S)",
        ],
    },
    "weights, row k = i": {
        "all predictions": [
            "sum(-y[t]/yhat[t] * d/dW[i, q](yhat[t]), t)",
            "sum(-y[t]/yhat[t] * yhat[t]*(delta(t, i) - yhat[i])*x[q], t)",
            "sum(-y[t]*(delta(t, i) - yhat[i])*x[q], t)",
        ],
        "all logarithms": [
            "-sum(y[t]*d/dW[i, q](z[t] - log(S)), t)",
            "-sum(y[t]*(delta(t, i) - exp(z[i])/S)*x[q], t)",
        ],
        "the gap is known": [
            "dL/dz[i] * x[q]",
        ],
        "the other features": [
            "dL/dz[i] * sum(delta(p, q)*x[p], p)",
            "dL/dz[i] * x[q]",
        ],
        "the softmax's slope": [
            "-1/yhat[i] * d/dW[i, q](yhat[i])",
            "-1/yhat[i] * yhat[i]*(1 - yhat[i])*x[q]",
        ],
        "through the logit": [
            "dL/dz[i] * dz[i]/dW[i, q]",
            "(yhat[i] - 1) * dz[i]/dW[i, q]",
        ],
        "through all logits": [
            "sum(dL/dz[t]*dz[t]/dW[i, q], t)",
            "sum((yhat[t] - y[t])*dz[t]/dW[i, q], t)",
            "sum((yhat[t] - y[t])*delta(t, i)*x[q], t)",
        ],
        "log road": [
            "d/dW[i, q](log(S)) - d/dW[i, q](z[i])",
            "d/dW[i, q](S)/S - x[q]",
            "exp(z[i])*x[q]/S - x[q]",
        ],
    },
    "weights, rows k ≠ i": {
        "all predictions": [
            "sum(-y[t]/yhat[t] * d/dW[k, q](yhat[t]), t)",
            "sum(-y[t]/yhat[t] * yhat[t]*(delta(t, k) - yhat[k])*x[q], t)",
            "sum(-y[t]*(delta(t, k) - yhat[k])*x[q], t)",
        ],
        "all logarithms": [
            "-sum(y[t]*d/dW[k, q](z[t] - log(S)), t)",
            "-sum(y[t]*(delta(t, k) - exp(z[k])/S)*x[q], t)",
        ],
        "by the denominator": [
            "dL/dS * d/dW[k, q](S)",
            "dL/dS = 1/S",
            "d/dW[k, q](S) = exp(z[k])*x[q]",
            "exp(z[k])*x[q]/S",
        ],
        "S term by term": [
            "d/dW[k, q](log(S))",
            "1/S * d/dW[k, q](S)",
            "1/S * sum(d/dW[k, q](exp(z[t])), t)",
            "1/S * sum(exp(z[t])*delta(t, k)*x[q], t)",
        ],
        "delta of the classes": [
            "sum(dL/dz[t]*delta(t, k)*x[q], t)",
            "dL/dz[k] * x[q]",
        ],
        "the softmax's slope": [
            "-1/yhat[i] * d/dW[k, q](yhat[i])",
            "-1/yhat[i] * (-yhat[i]*yhat[k]*x[q])",
        ],
        "through the logit": ["dL/dz[k] * dz[k]/dW[k, q]", "yhat[k] * dz[k]/dW[k, q]"],
        "log road": [
            "d/dW[k, q](log(S) - z[i])",
            "1/S * d/dW[k, q](S)",
            "1/S * exp(z[k])*x[q]",
        ],
    },
    "bias": {
        "all predictions": [
            "sum(-y[t]/yhat[t] * d/db[k](yhat[t]), t)",
            "sum(-y[t]/yhat[t] * yhat[t]*(delta(t, k) - yhat[k]), t)",
            "sum(-y[t]*(delta(t, k) - yhat[k]), t)",
        ],
        "all logarithms": [
            "-sum(y[t]*d/db[k](z[t] - log(S)), t)",
            "-sum(y[t]*(delta(t, k) - exp(z[k])/S), t)",
        ],
        "times 1": [
            "dL/dz[k] * 1",
        ],
        "the softmax's slope": [
            "-1/yhat[i] * d/db[k](yhat[i])",
            "-1/yhat[i] * yhat[i]*(delta(i, k) - yhat[k])",
        ],
        "through the logit": ["dL/dz[k] * dz[k]/db[k]", "(yhat[k] - y[k]) * dz[k]/db[k]"],
        "through all logits": [
            "sum(dL/dz[t]*dz[t]/db[k], t)",
            "sum(dL/dz[t]*delta(t, k), t)",
            "dL/dz[k]",
        ],
        "log road": [
            "d/db[k](log(S)) - d/db[k](z[i])",
            "exp(z[k])/S - delta(i, k)",
        ],
    },
    "sketch, B4": {
        "softplus": [
            "d/dz(log(1 + exp(-z)))",
            "-exp(-z)/(1 + exp(-z))",
        ],
        "beside": [
            "dL/dyhat = -1/yhat",
            "-1/yhat = -(1 + exp(-z))",
            "dyhat/dz = exp(-z)/(1 + exp(-z))^2",
        ],
        "both factors mended": [
            "-(1 + exp(-z)) * exp(-z)/(1 + exp(-z))^2",
            "-exp(-z)/(1 + exp(-z))",
        ],
    },
    "sketch, M3": {
        **OVER_ALL_TARGETS,
        "log first": [
            "d/dz[j](log(S) - z[i])",
            "d/dz[j](S)/S - delta(i, j)",
            "exp(z[j])/S - delta(i, j)",
        ],
        "beside": [
            "d/dz[j](exp(z[i])/S) = (delta(i, j)*exp(z[i])*S - exp(z[i])*exp(z[j]))/S^2",
            "dL/dyhat[i] = -1/yhat[i]",
        ],
        "quotient road": [
            "-1/yhat[i] * d/dz[j](exp(z[i])/S)",
            "-S/exp(z[i]) * (delta(i, j)*exp(z[i])*S - exp(z[i])*exp(z[j]))/S^2",
            "-(delta(i, j)*S - exp(z[j]))/S",
        ],
    },
    "sketch, W2": {
        "all predictions": [
            "sum(-y[t]/yhat[t] * d/dW[i, q](yhat[t]), t)",
            "sum(-y[t]/yhat[t] * yhat[t]*(delta(t, i) - yhat[i])*x[q], t)",
            "sum(-y[t]*(delta(t, i) - yhat[i])*x[q], t)",
        ],
        "all logarithms": [
            "-sum(y[t]*d/dW[i, q](z[t] - log(S)), t)",
            "-sum(y[t]*(delta(t, i) - exp(z[i])/S)*x[q], t)",
        ],
        "beside": [
            "dL/dyhat[i] = -1/yhat[i]",
            "d/dW[i, q](yhat[i]) = yhat[i]*(1 - yhat[i])*x[q]",
        ],
        "quotient road": [
            "-1/yhat[i] * d/dW[i, q](exp(z[i])/S)",
            "-S/exp(z[i]) * (exp(z[i])*x[q]*S - exp(z[i])*exp(z[i])*x[q])/S^2",
            "-x[q] + exp(z[i])/S*x[q]",
        ],
    },
}
