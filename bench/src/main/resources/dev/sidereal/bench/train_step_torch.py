"""A training step as one writes it in PyTorch: the encoder of the benchmark "train-step", random weights and tokens.

usage: train_step_torch.py TEXTS TOKENS STEPS fp32|bf16
Half of the texts are queries, half their documents; first-token vectors, in-batch negatives, AdamW, clipping, no dropout.
Prints one line of JSON: the median and the fastest step in milliseconds, the first two steps left out, and memory.
"""
import json
import resource
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

TEXTS, TOKENS, STEPS = map(int, sys.argv[1:4])
BF16 = sys.argv[4] == 'bf16'
LAYERS, DIM, HEADS, INNER, VOCAB, POSITIONS = 12, 384, 12, 1536, 30522, 512
torch.set_num_threads(1)
torch.manual_seed(1)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.out = nn.Linear(DIM, 3 * DIM), nn.Linear(DIM, DIM)
        self.up, self.down = nn.Linear(DIM, INNER), nn.Linear(INNER, DIM)
        self.norm1, self.norm2 = nn.LayerNorm(DIM, eps=1e-12), nn.LayerNorm(DIM, eps=1e-12)

    def forward(self, x):
        n, t, _ = x.shape
        q, k, v = self.qkv(x).view(n, t, 3, HEADS, DIM // HEADS).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ k.transpose(-1, -2) * (DIM // HEADS) ** -0.5, -1)
        x = self.norm1(x + self.out((weights @ v).transpose(1, 2).reshape(n, t, DIM)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.positions = nn.Embedding(VOCAB, DIM), nn.Embedding(POSITIONS, DIM)
        self.norm = nn.LayerNorm(DIM, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.normal_(p, 0, 0.02)

    def forward(self, ids):
        x = self.norm(self.words(ids) + self.positions(torch.arange(ids.shape[1])))
        for layer in self.layers:
            x = layer(x)
        return x[:, 0]


encoder = Encoder()
optimiser = torch.optim.AdamW(encoder.parameters(), lr=2e-5, weight_decay=0.01)
ids, half = torch.randint(1000, VOCAB, (TEXTS, TOKENS)), TEXTS // 2
times = []
for _ in range(STEPS + 2):
    start = time.perf_counter()
    optimiser.zero_grad(set_to_none=True)
    with torch.cpu.amp.autocast(enabled=BF16, dtype=torch.bfloat16):
        vectors = encoder(ids)
    vectors = F.normalize(vectors.float(), dim=-1)
    loss = F.cross_entropy(vectors[:half] @ vectors[half:].t() / 0.05, torch.arange(half))
    loss.backward()
    torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
    optimiser.step()
    loss.item()
    times.append(1000 * (time.perf_counter() - start))
times = sorted(times[2:])
print(json.dumps({'version': 'torch ' + torch.__version__, 'ms': times[len(times) // 2], 'fastest_ms': times[0],
                  'peak_mb': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
