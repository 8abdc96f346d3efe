"""Trie-constrained beam search as one writes it in PyTorch: the model of the benchmark "beam" in single precision.

usage: beams_torch.py ITEMS BEAMS PROMPT SECONDS BATCH...
The prompt's keys and values are computed once and shared by the beams of a user; the trie is a dense table of children.
Prints one line of JSON: users a second for each batch, medians over runs.
"""
import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

ITEMS, BEAMS, PROMPT = map(int, sys.argv[1:4])
SECONDS = float(sys.argv[4])
BATCHES = [int(a) for a in sys.argv[5:]]
LAYERS, DIM, HEADS, INNER, VOCAB, CODES, LEVELS = 4, 256, 4, 688, 1100, 256, 4
HEAD = DIM // HEADS
torch.set_num_threads(1)
torch.manual_seed(1)
torch.set_grad_enabled(False)


def matrix(rows, columns):
    return torch.randn(rows, columns) * columns ** -0.5


embedding, head, last_gain = torch.randn(VOCAB, DIM), matrix(VOCAB, DIM), torch.ones(DIM)
blocks = [dict(qkv=matrix(3 * DIM, DIM), out=matrix(DIM, DIM), gate_up=matrix(2 * INNER, DIM), down=matrix(DIM, INNER),
               gain1=torch.ones(DIM), gain2=torch.ones(DIM)) for _ in range(LAYERS)]
angles = torch.arange(PROMPT + LEVELS)[:, None] * 10000.0 ** (-torch.arange(0, HEAD, 2) / HEAD)[None]
cosines, sines = torch.cat([angles.cos()] * 2, -1), torch.cat([angles.sin()] * 2, -1)


def norm(x, gain):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * gain


def rotate(x, at):
    half = torch.cat([-x[..., HEAD // 2:], x[..., :HEAD // 2]], -1)
    return x * cosines[at] + half * sines[at]


def feed_forward(b, x):
    gate, up = F.linear(norm(x, b['gain2']), b['gate_up']).chunk(2, -1)
    return x + F.linear(F.silu(gate) * up, b['down'])


def projected(b, x, at):
    q, k, v = F.linear(norm(x, b['gain1']), b['qkv']).view(*x.shape[:-1], 3, HEADS, HEAD).unbind(-3)
    return rotate(q.transpose(1, 2), at), rotate(k.transpose(1, 2), at), v.transpose(1, 2)


def log_probabilities(x):
    return torch.log_softmax(F.linear(norm(x, last_gain), head), -1)


def read(prompt):
    """[users, PROMPT] -> log-probabilities of the next token [users, VOCAB], keys and values of each block"""
    x, cache, at = embedding[prompt], [], torch.arange(PROMPT)
    future = torch.full((PROMPT, PROMPT), float('-inf')).triu(1)
    for b in blocks:
        q, k, v = projected(b, x, at)
        cache.append((k, v))
        weights = torch.softmax(q @ k.transpose(-1, -2) * HEAD ** -0.5 + future, -1)
        x = feed_forward(b, x + F.linear((weights @ v).transpose(1, 2).reshape(x.shape), b['out']))
    return log_probabilities(x[:, -1]), cache


def extend(tokens, position, cache, suffix):
    """[users, BEAMS] -> log-probabilities [users, BEAMS, VOCAB], suffix keys and values [users, HEADS, BEAMS, steps, HEAD]"""
    x, grown = embedding[tokens], []
    for i, b in enumerate(blocks):
        q, k, v = projected(b, x, torch.full((BEAMS,), position))
        k, v = k[:, :, :, None], v[:, :, :, None]
        if suffix:
            k, v = torch.cat([suffix[i][0], k], 3), torch.cat([suffix[i][1], v], 3)
        grown.append((k, v))
        shared = q @ cache[i][0].transpose(-1, -2)
        own = (q[:, :, :, None] @ k.transpose(-1, -2)).squeeze(3)
        weights = torch.softmax(torch.cat([shared, own], -1) * HEAD ** -0.5, -1)
        mixed = weights[..., :PROMPT] @ cache[i][1] + (weights[..., None, PROMPT:] @ v).squeeze(3)
        x = feed_forward(b, x + F.linear(mixed.transpose(1, 2).reshape(x.shape), b['out']))
    return log_probabilities(x), grown


def search(prompt):
    users = len(prompt)
    scores, cache = read(prompt)
    allowed = children[0][0] >= 0
    scores, codes = scores[:, :CODES].masked_fill(~allowed, float('-inf')).topk(BEAMS, -1)
    node, path, suffix = children[0][0][codes], codes[:, :, None], []
    for level in range(1, LEVELS):
        probabilities, suffix = extend(path[:, :, -1] + CODES * (level - 1), PROMPT + level - 1, cache, suffix)
        below = children[level][node]
        total = scores[:, :, None] + probabilities[:, :, CODES * level:CODES * (level + 1)]
        scores, best = total.masked_fill(below < 0, float('-inf')).view(users, -1).topk(BEAMS, -1)
        beam, code = torch.div(best, CODES, rounding_mode='floor'), best % CODES
        node = below.view(users, -1).gather(1, best)
        path = torch.cat([path.gather(1, beam[:, :, None].expand(-1, -1, level)), code[:, :, None]], 2)
        pick = beam[:, None, :, None, None]
        suffix = [tuple(t.gather(2, pick.expand(-1, HEADS, -1, t.shape[3], HEAD)) for t in kv) for kv in suffix]
    return path


random = np.random.RandomState(5)
items = np.unique(random.randint(0, CODES, (ITEMS + ITEMS // 50 + 10, LEVELS)), axis=0)
items = items[random.permutation(len(items))[:ITEMS]]
children, above = [], np.zeros(ITEMS, np.int64)
for level in range(LEVELS):
    keys, above_next = np.unique(above * CODES + items[:, level], return_inverse=True)
    table = np.full((above.max() + 1, CODES), -1, np.int64)
    table[keys // CODES, keys % CODES] = np.arange(len(keys))
    children.append(torch.from_numpy(table))
    above = above_next
known = set(map(tuple, items.tolist()))

result = {'version': 'torch ' + torch.__version__}
for batch in BATCHES:
    history = items[random.randint(0, ITEMS, (batch, PROMPT // LEVELS))] + CODES * np.arange(LEVELS)
    prompt = torch.from_numpy(history.reshape(batch, PROMPT))
    for user in search(prompt).tolist():
        found = {tuple(codes) for codes in user}
        assert len(found) == BEAMS and found <= known
    speeds = []
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end or len(speeds) < 5:
        start = time.perf_counter()
        search(prompt)
        speeds.append(batch / (time.perf_counter() - start))
    result['users_s_%d' % batch] = sorted(speeds)[len(speeds) // 2]
print(json.dumps(result))
