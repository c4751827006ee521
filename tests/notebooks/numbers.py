"""Numbers in the lessons' prose, each by the computation that gives it.

A cell is named by its lesson and its id. Its numbers stand in their order, divided by semicolons.
`given` is a number that the lesson chooses: an input, an example to be read, a place on a slider.
`source` is a year, a page or a version of somebody's publication. `printed` is a number that a
cell of the lesson prints, where nbval compares it.
"""

GIVEN, SOURCE, PRINTED = "given", "source", "printed"

PROSE = {
    "00 first-look": GIVEN,
    "00 notation": "1/log(2)",
    "00 crosswalk": SOURCE,
    "00 references": SOURCE,
    "01 predict-ideas": GIVEN,
    "01 definition-read": "exp(2); exp(1); exp(-1); exp(2) + exp(1) + exp(-1); "
    "exp(2) + exp(1) + exp(-1); softmax([2, 1, -1])[0]; softmax([2, 1, -1])[1]; "
    "softmax([2, 1, -1])[2]",
    "01 odds-read": "e; exp(2); log(2); log(3); log(10); log(100); log(1000); given; given; given; "
    "given; given; given; given; given",
    "01 questions": GIVEN,
    "01 answers": "softmax([2, 1, -1])[0]; softmax([3, 1, -1])[0]; log(198); 1 - 0.99; 0.01/2; "
    "given; 0.01/2; 0.99/0.005; given; log(100); log(2); log(100) + log(2)",
    "01 seen": "given; 0.01/2; 0.99/0.005; log(198)",
    "01 predict-shift": GIVEN,
    "01 shifted-question": GIVEN,
    "01 proof-shift-read": "2 + 100; 1 + 100",
    "01 multiply": GIVEN,
    "01 proof-two-read": "log(3)",
    "01 break-it-read": GIVEN,
    "01 break-it-notes": GIVEN,
    "01 limits-read": "finfo(float).max/1e308; log(finfo(float).max)/log(10); "
    "log(finfo(float).max); given; log(finfo(float32).max)",
    "01 exercise-stable-question": GIVEN,
    "01 exercise-sign-question": GIVEN,
    "02 predict": GIVEN,
    "02 predict-read": "given; 1 - 0.3; 1 - 0.9",
    "02 likelihood-read": GIVEN,
    "02 predict-notes": "(0.9 + 0.8 + 0.7)/3; (0.99 + 0.99 + 0.1)/3; given",
    "02 three-wishes-read": "exp(-1); log(2); log(10); log(100)",
    "02 mean-price": GIVEN,
    "02 proof-likelihood-read": "given; given; exp(-0.36)",
    "02 proof-data-read": GIVEN,
    "02 chance-read": GIVEN,
    "02 soft-minimum-after": "-(1/3*log(1/3) + 2/3*log(2/3))",
    "02 chance-after": "given; exp(1.5); log(10); given",
    "02 chance-notes": "log(10); given",
    "02 answers": "log(3)",
    "02 logits-notes": "log(2)",
    "02 never": GIVEN,
    "02 never-read": GIVEN,
    "02 clipping-read": "-log(1e-15)",
    "02 other-end-read": "log(sum(exp(array([40.0, 0, -3])))) - 40; exp(1)/(exp(1) + 9); "
    "-log(exp(1)/(exp(1) + 9))",
    "02 exercises": GIVEN,
    "02 missing-shift-question": GIVEN,
    "02 recap-notes": "log(2)",
    "03 predict": "sigma(2)",
    "03 measure-read": "given; given; loss(2, 1); loss(2.1, 1); loss(2.1, 1) - loss(2, 1); given; "
    "(loss(2.1, 1) - loss(2, 1))/0.1; sigma(-2)",
    "03 measure-after": GIVEN,
    "03 questions": GIVEN,
    "03 answers": "-log(3); sigma(-log(3))",
    "03 seen": "given; sigma(-log(3))",
    "03 predict-zero-notes": "sigma(1) - 1; 1 - sigma(1); sigma(1)",
    "03 proof-zero-read": "sigma(-1); sigma(1)",
    "03 prove-any": GIVEN,
    "03 any-notes": "given; 1 - 0.9; given; 1 - 0.9",
    "03 proof-any-read": GIVEN,
    "03 thermostat-read": "-log(3); given; 10*64 + 10",
    "03 digits-notes": "-exp(-40); given",
    "03 exercise-loss-question": GIVEN,
    "03 recap-notes": GIVEN,
    "04 example-read": "-log(1/4)",
    "04 gap-vector-question": GIVEN,
    "04 soft": "2/10; 5/10; 3/10",
    "04 soft-notes": "1/8; 2/10",
    "04 soft-proof-read": "1/8; 2/8; 5/8; 1/8 - 0.2; 2/8 - 0.5; 5/8 - 0.3",
    "04 rest-read": "given; given; given; -(0.2*log(0.2) + 0.5*log(0.5) + 0.3*log(0.3))",
    "04 roads-notes": "given; 50000**2/1e9",
    "04 roads-read": "given; 50000**2/1e9",
    "04 exercise-jacobian-question": GIVEN,
    "04 exercise-gradient-question": GIVEN,
    "04 stable-shift-read": GIVEN,
    "05 predict": GIVEN,
    "05 predict-notes": "0.01*2; 0.01*2; 0.02*5/8; given",
    "05 predict-read": "given; 0.01*2; 0.01*2; 0.02*5/8; "
    "log(1 + 2 + 5*exp(0.02)) - log(8) - 0.02*5/8",
    "05 questions": GIVEN,
    "05 stack-notes": "(2/8 - 1)*3",
    "05 stack-read": "10*64",
    "05 logits-read": "given; -0.1*(2**2 + 1 + 3**2 + 1); -1.5/8; -1.5*(2/8 - 1); -1.5*5/8",
    "05 backward-read": "source; 5/8*3",
    "06 time": GIVEN,
    "06 time-read": GIVEN,
    "06 memory-read": GIVEN,
    "06 blocked-read": GIVEN,
    "07 best-h": "finfo(float).eps*1e16",
    "07 check-digits-read": "-2*exp(-40)*1e18",
    "07 digits-notes": "-2*exp(-40)",
    "08 penguins": "len(penguins().labels)",
    "08 missing": "source; len(penguins().labels)",
    "08 predict-start-notes": "log(100)",
    "08 digits": "len(digits().labels)",
    "08 digits-read": SOURCE,
    "08 rate-question": GIVEN,
    "09 predict": GIVEN,
    "09 predict-notes": "2*(0.01 - 1)*0.01*0.99",
    "09 two-gradients-question": GIVEN,
    "09 see-answers": "sigma(-3) - 1; sigma(-8) - 1; square(-3); square(-8)",
    "09 see-notes": "sigma(-3) - 1; sigma(-8) - 1; square(-3); square(-8)",
    "09 silence-read": "exp(-8); -2*exp(-8); -8 + 2*exp(-8)",
    "09 silence-picture-read": "exp(-8); exp(8); exp(8)/2; round(exp(20)/2e6, -1); "
    "round(exp(8)/2, -2); -2*(2/3)**2/3; given; given",
    "09 temperature-where": SOURCE,
    "09 smoothing": "given; 0.1/2; 0.1/2",
    "09 smoothing-notes": GIVEN,
    "09 smoothing-read": SOURCE,
    "09 smoothing-number-read": "given; given; log(0.9/0.05)",
    "09 link-read": SOURCE,
    "09 recap-notes": "given; 0.001 - 1",
    "10 m5-vote": "given; given; given; softmax([0.3, -1.2, 0.8])[0] - 1",
    "03 lost-digits-read": "1/(1 + exact_exp(-40))",
    "07 digits": "source; source; source; float(gap(20)); source; float(gap(40)); given; "
    "float(gap(100))",
    "08 see-answers": "explored(steps=0) - explored(steps=1); "
    "explored(steps=1) - explored(steps=2); explored(steps=1, learning_rate=10); given; "
    "explored(data='penguins', steps=200)",
    "08 rates-read": "given; slow_loss() - slow_loss() % 0.1",
    "08 judge-read": "printed; printed",
    "08 optimum-notes": "right_birds(100); printed; printed; printed; printed",
    "09 silence-notes": "-square(-8); printed; -square(-8)",
    "09 valleys-notes": "hill(-2, 2)",
    "09 valleys-read": "valley(-8, 0); valley(4, 12); source",
    "INSTRUCTORS": GIVEN,
}

# Not computed here, and why.
ELSEWHERE = {
    "00 map-full": "minutes of lessons and numbers of cells: places, not results",
}
